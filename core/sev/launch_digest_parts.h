/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_LAUNCH_DIGEST_PARTS_H
#define SEVLAUNCH_LAUNCH_DIGEST_PARTS_H

#include "sevlaunch/sev/launch_digest.h"

/* The parts of a launch digest; each returns what sevl_sha256_update() does. */

/* Begins with what comes before the CPUs: firmware, and the kernel's hashes. */
SEVL_CHECK enum sevl_result sevl_sev_launch_digest_start(const struct sevl_sev_guest *guest,
                                                         struct sevl_sha256 *digest);

/* Appends the page of CPU 0, or `count` pages of the others. */
SEVL_CHECK enum sevl_result sevl_sev_launch_digest_append_cpu0(const struct sevl_sev_guest *guest,
                                                               struct sevl_sha256 *digest,
                                                               struct sevl_scratch scratch);
SEVL_CHECK enum sevl_result sevl_sev_launch_digest_append_others(const struct sevl_sev_guest *guest,
                                                                 struct sevl_sha256 *digest,
                                                                 uint32_t count,
                                                                 struct sevl_scratch scratch);

#endif
