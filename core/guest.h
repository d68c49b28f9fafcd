/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_CORE_GUEST_H
#define SEVLAUNCH_CORE_GUEST_H

#include "sevlaunch/guest.h"

/* The parts of a launch digest; each returns what sevl_digest_update() does. */

/* Begins with what comes before the CPUs: firmware, and the kernel's hashes. */
SEVL_CHECK enum sevl_result sevl_guest_start(const struct sevl_guest *guest,
                                             struct sevl_digest *digest);

/* Appends the page of CPU 0, or `count` pages of the others. */
SEVL_CHECK enum sevl_result sevl_guest_append_cpu0(const struct sevl_guest *guest,
                                                   struct sevl_digest *digest,
                                                   struct sevl_scratch scratch);
SEVL_CHECK enum sevl_result sevl_guest_append_others(const struct sevl_guest *guest,
                                                     struct sevl_digest *digest, uint32_t count,
                                                     struct sevl_scratch scratch);

#endif
