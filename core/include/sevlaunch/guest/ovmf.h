/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The table at the end of an OVMF image. It tells the VMM where the firmware keeps the
 * parts that a launch needs (EDK2, OvmfPkg/ResetVector/Ia16/ResetVectorVtf0.asm). See
 * sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_OVMF_H
#define SEVLAUNCH_OVMF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../guid.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * How much of an image's end to keep while it streams by, where this table alone is read:
 * the 32 bytes after the table, and a table of up to 992. Those of today have 92 to 158.
 */
#define SEVL_OVMF_TAIL_SIZE 1024

/* The end of an image, in the caller's memory. */
struct sevl_ovmf_tail {
    uint8_t *bytes;  /* the last `size` bytes of the image, in order */
    size_t capacity; /* how many are kept at most, at least 1 */
    size_t size;
};

static inline bool sevl_ovmf_tail_is_valid(const struct sevl_ovmf_tail *tail)
{
    return tail->bytes != NULL && tail->capacity > 0 && tail->size <= tail->capacity;
}

/*
 * Begins the tail of no bytes in `capacity` bytes of the caller's, at least 1, which it
 * keeps unchanged as long as the tail is used.
 */
void sevl_ovmf_tail_init(struct sevl_ovmf_tail *tail, void *bytes, size_t capacity);

/* Appends `size` bytes. `data` may be NULL if `size` is 0. */
void sevl_ovmf_tail_update(struct sevl_ovmf_tail *tail, const void *data, size_t size);

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

/*
 * A part of guest memory that the firmware keeps free, as its table says: nobody checked
 * that there is such memory, nor that it ends below 4 GiB. A size of 0: it keeps none.
 */
struct sevl_ovmf_area {
    uint32_t base; /* guest-physical address of its first byte */
    uint32_t size; /* in bytes */
};

struct sevl_ovmf_footer {
    uint32_t reset_address; /* guest-physical, where CPUs but the first start; 0: not told */
    struct sevl_ovmf_area hash_table;
    struct sevl_ovmf_area secret;
};

/*
 * Reads the table from the tail of an image that was appended to its end. Entries of unknown
 * GUIDs are skipped; an entry that is not there leaves its field zero.
 *
 * Returns SEVL_OK; SEVL_ERROR_ABSENT if the image does not end in such a table; or
 * SEVL_ERROR_ENCODING if the table is malformed: a length leads out of it or is shorter
 * than what it counts, an entry has another size than its kind, or an entry is there
 * twice.
 */
SEVL_CHECK enum sevl_result sevl_ovmf_footer_read(struct sevl_ovmf_footer *footer,
                                                  const struct sevl_ovmf_tail *tail);

#ifdef __cplusplus
}
#endif

#endif
