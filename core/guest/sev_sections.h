/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_SEV_SECTIONS_H
#define SEVLAUNCH_SEV_SECTIONS_H

#include "sevlaunch/guest/sev_metadata.h"

/*
 * Whether a section, the one of this number, has whole pages, one at least, below 4 GiB, and
 * overlaps with none before it. `number` is less than `count`.
 */
SEVL_CHECK bool sevl_sev_section_is_right(const struct sevl_sev_metadata *metadata,
                                          uint32_t number);

#endif
