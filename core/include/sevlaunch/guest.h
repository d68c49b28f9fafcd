/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What every launch is made of: firmware, kernel hashes, command line, CPUs. */
#ifndef SEVLAUNCH_GUEST_H
#define SEVLAUNCH_GUEST_H

#include "guest/cmdline.h"
#include "guest/cpu_types.h"
#include "guest/kernel_hashes.h"
#include "guest/ovmf.h"
#include "guest/sev_metadata.h"
#include "guest/variable_store.h"
#include "guest/vmsa.h"

#endif
