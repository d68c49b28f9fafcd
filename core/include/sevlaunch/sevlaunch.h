/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevlaunch: the whole interface. Each part has a header of its own, which can be
 * included alone.
 *
 * The conventions of every function:
 *
 * - No function allocates, blocks, prints, or keeps anything between calls. Contexts and
 *   buffers are the caller's. Functions on different contexts may run at the same time.
 * - Pointers are never NULL unless a comment says so. Buffers of one call do not overlap
 *   unless a comment says so. Sizes are in bytes. Integers in contexts and structures are
 *   in the machine's own byte order.
 * - A pointer that is passed in is used during that call alone, unless it stands in a
 *   structure: then it must stay valid, and what it points to unchanged, as long as that
 *   structure is used. Copy what others can write to, as memory shared with a host, first.
 * - Keys and secrets that are passed in stay the caller's, who wipes them with sevl_wipe().
 *   The library wipes its own copies before it returns.
 * - Every value of an integer is taken, unless a comment gives its range. An enum has one of
 *   the values that its type names.
 * - A context holds no pointer to itself: it may be moved, and copied to fork its state.
 * - A function that fails leaves its outputs zeroed, and wipes its context if it has one:
 *   every later call on that context fails as well. Where a function does otherwise, its
 *   comment says so.
 *
 * sevl_..._is_valid() tells what has to hold of a structure that is passed in. Builds
 * without NDEBUG assert it; a function that returns SEVL_ERROR_STATE instead says so.
 *
 * The headers serve C11 and C++17.
 */
#ifndef SEVLAUNCH_SEVLAUNCH_H
#define SEVLAUNCH_SEVLAUNCH_H

/*
 * The version of this interface, as semver.org counts. Before 1.0 any minor may break it.
 * The number of libsevlaunch.so.0 rises with each change after which a program that is
 * linked already would not run.
 */
#define SEVL_VERSION_MAJOR 0
#define SEVL_VERSION_MINOR 1
#define SEVL_VERSION_PATCH 0

#include "base64.h"
#include "guest.h"
#include "guid.h"
#include "host/launch_info.h"
#include "p384.h"
#include "random.h"
#include "result.h"
#include "scratch.h"
#include "sev/certificate.h"
#include "sev/chain.h"
#include "sev/diagnose.h"
#include "sev/launch_digest.h"
#include "sev/measurement.h"
#include "sev/platform_report.h"
#include "sev/secret.h"
#include "sev/self_test.h"
#include "sev/session.h"
#include "sha256.h"
#include "sha384.h"
#include "sha512.h"
#include "snp/appraisal.h"
#include "snp/certificate.h"
#include "snp/chain.h"
#include "snp/diagnose.h"
#include "snp/firmware_info.h"
#include "snp/firmware_variants.h"
#include "snp/id_block.h"
#include "snp/launch_digest.h"
#include "snp/report.h"
#include "snp/tcb.h"
#include "snp/verification.h"
#include "wipe.h"

#endif
