/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The table at the end of an OVMF image, which tells the VMM where the parts of
 * the guest's firmware are that a launch needs (EDK2, OvmfPkg/ResetVector/Ia16/
 * ResetVectorVtf0.asm). See result.h for the conventions.
 */
#ifndef SEVLAUNCH_FOOTER_H
#define SEVLAUNCH_FOOTER_H

#include <stddef.h>
#include <stdint.h>

#include "result.h"

/*
 * The most of an image's end that is kept while it streams by: the 32 bytes
 * behind the table and a table of up to 992. Those of today have 92 to 158.
 */
#define SEVL_TAIL_SIZE 1024

/* Zeroed memory is the tail of no bytes. */
struct sevl_tail {
    uint32_t size;
    uint8_t bytes[SEVL_TAIL_SIZE]; /* the last `size` bytes, in order */
};

/* Appends `size` bytes; `data` may be NULL when `size` is 0. */
void sevl_tail_update(struct sevl_tail *tail, const void *data, size_t size);

/* A part of guest memory that the firmware keeps free. A size of 0: it keeps none. */
struct sevl_area {
    uint32_t base;
    uint32_t size;
};

struct sevl_footer {
    uint32_t reset_address; /* where CPUs but the first start; 0: not told */
    struct sevl_area hash_table;
    struct sevl_area secret;
};

/*
 * Reads the table from the tail of an image. Entries of unknown GUIDs are
 * skipped; an entry that is not there leaves its field zero.
 *
 * Returns SEVL_OK; SEVL_ERROR_ABSENT when the image does not end in such a
 * table; or SEVL_ERROR_ENCODING when the table is malformed: a length that
 * leads out of it or is shorter than what it counts, an entry of another size
 * than its kind has, or twice the same entry.
 */
SEVL_CHECK enum sevl_result sevl_footer_read(struct sevl_footer *footer,
                                             const struct sevl_tail *tail);

#endif
