/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The walk over the table at the end of an OVMF image: see sevlaunch/guest/ovmf.h. */
#ifndef SEVLAUNCH_OVMF_TABLE_H
#define SEVLAUNCH_OVMF_TABLE_H

#include "sevlaunch/guest/ovmf.h"
#include "sevlaunch/guid.h"

/* What is left of the table to read: entries, the last one first. */
struct sevl_ovmf_entries {
    const uint8_t *bytes;
    size_t size;
};

/* An entry, in the tail of the image. */
struct sevl_ovmf_entry {
    const uint8_t *guid; /* SEVL_GUID_SIZE bytes */
    const uint8_t *data;
    size_t size; /* of the data */
};

/*
 * Finds the table; its own entry is the last one and counts all of it.
 * Returns SEVL_OK; SEVL_ERROR_ABSENT if the image does not end in such a table; or
 * SEVL_ERROR_ENCODING if its length leads out of the tail or is shorter than its own entry.
 */
SEVL_CHECK enum sevl_result sevl_ovmf_entries_find(struct sevl_ovmf_entries *entries,
                                                   const struct sevl_ovmf_tail *tail);

/* Takes the last entry off; returns whether it lies within the table. */
SEVL_CHECK bool sevl_ovmf_entries_take_last(struct sevl_ovmf_entries *entries,
                                            struct sevl_ovmf_entry *entry);

#endif
