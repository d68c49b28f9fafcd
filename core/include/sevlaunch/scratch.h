/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Pages of guest memory, and memory in which they are built. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SCRATCH_H
#define SEVLAUNCH_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SEVL_PAGE_SIZE 4096

/*
 * The caller's memory, in which pages are built: whole ones if it has SEVL_VMSA_SIZE
 * bytes or more, else in parts; more than that is not used. Its content before a call does
 * not matter. After one it holds parts of pages, which are public, or is as before if none
 * was built. It may be used for anything else between calls.
 */
struct sevl_scratch {
    uint8_t *bytes;
    size_t size; /* in bytes, at least 1 */
};

static inline bool sevl_scratch_is_valid(struct sevl_scratch scratch)
{
    return scratch.bytes != NULL && scratch.size > 0;
}

#endif
