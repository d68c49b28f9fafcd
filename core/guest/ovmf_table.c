/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "base/bytes.h"
#include "base/guid_bytes.h"
#include "sevlaunch/guest/ovmf.h"

/* The bytes after the table: the reset vector. */
#define AFTER_TABLE 32

/* After the data of an entry: its length, then its GUID. The table ends in one. */
#define LENGTH_SIZE 2
#define ENTRY_OVERHEAD (LENGTH_SIZE + SEVL_GUID_SIZE)

static const struct sevl_guid footer_guid =
    SEVL_GUID(0x96b582de, 0x1fb2, 0x45f7, 0xba, 0xea, 0xa3, 0x66, 0xc5, 0x5a, 0x08, 0x2d);

bool sevl_ovmf_entries_take_last(struct sevl_ovmf_entries *entries, struct sevl_ovmf_entry *entry)
{
    if (entries->size < ENTRY_OVERHEAD)
        return false;
    const uint8_t *end = entries->bytes + entries->size;
    size_t length = sevl_get16(end - ENTRY_OVERHEAD);
    if (length < ENTRY_OVERHEAD || length > entries->size)
        return false;
    entries->size -= length;
    *entry = (struct sevl_ovmf_entry){end - SEVL_GUID_SIZE, end - length, length - ENTRY_OVERHEAD};
    return true;
}

enum sevl_result sevl_ovmf_entries_find(struct sevl_ovmf_entries *entries,
                                        const struct sevl_ovmf_tail *tail)
{
    if (tail->size < AFTER_TABLE + ENTRY_OVERHEAD)
        return SEVL_ERROR_ABSENT;
    const uint8_t *end = tail->bytes + tail->size - AFTER_TABLE;
    if (!sevl_guid_equal(&footer_guid, end - SEVL_GUID_SIZE))
        return SEVL_ERROR_ABSENT;
    size_t length = sevl_get16(end - ENTRY_OVERHEAD);
    if (length < ENTRY_OVERHEAD || length > tail->size - AFTER_TABLE)
        return SEVL_ERROR_ENCODING;
    *entries = (struct sevl_ovmf_entries){end - length, length - ENTRY_OVERHEAD};
    return SEVL_OK;
}
