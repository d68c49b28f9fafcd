/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/ovmf.h"

#include <string.h>

#include "base/assert.h"
#include "base/bytes.h"
#include "base/guid_bytes.h"

static const struct sevl_guid reset_guid =
    SEVL_GUID(0x00f771de, 0x1a7e, 0x4fcb, 0x89, 0x0e, 0x68, 0xc7, 0x7e, 0x2f, 0xb4, 0x4e);
static const struct sevl_guid hash_area_guid =
    SEVL_GUID(0x7255371f, 0x3a3b, 0x4b04, 0x92, 0x7b, 0x1d, 0xa6, 0xef, 0xa8, 0xd4, 0x54);
static const struct sevl_guid secret_area_guid =
    SEVL_GUID(0x4c2eb361, 0x7d9b, 0x4cc3, 0x80, 0x81, 0x12, 0x7c, 0x90, 0xd3, 0xd2, 0x94);

/* The kinds of entries that are read, as bits. */
enum { SEEN_RESET = 1, SEEN_HASH_TABLE = 2, SEEN_SECRET = 4 };

static unsigned kind_of(const struct sevl_ovmf_entry *entry)
{
    if (sevl_guid_equal(&reset_guid, entry->guid))
        return SEEN_RESET;
    if (sevl_guid_equal(&hash_area_guid, entry->guid))
        return SEEN_HASH_TABLE;
    if (sevl_guid_equal(&secret_area_guid, entry->guid))
        return SEEN_SECRET;
    return 0;
}

static struct sevl_ovmf_area read_area(const struct sevl_ovmf_entry *entry)
{
    return (struct sevl_ovmf_area){sevl_get32(entry->data), sevl_get32(entry->data + 4)};
}

/* Returns whether the entry has the size of its kind. */
static bool read_entry(struct sevl_ovmf_footer *footer, const struct sevl_ovmf_entry *entry,
                       unsigned kind)
{
    if (entry->size != (kind == SEEN_RESET ? 4 : 8))
        return false;
    if (kind == SEEN_RESET)
        footer->reset_address = sevl_get32(entry->data);
    else if (kind == SEEN_HASH_TABLE)
        footer->hash_table = read_area(entry);
    else
        footer->secret = read_area(entry);
    return true;
}

static bool read_entries(struct sevl_ovmf_footer *footer, struct sevl_ovmf_entries entries)
{
    unsigned seen = 0;
    struct sevl_ovmf_entry entry;
    while (entries.size > 0) {
        if (!sevl_ovmf_entries_take_last(&entries, &entry))
            return false;
        unsigned kind = kind_of(&entry);
        if (kind == 0)
            continue;
        if ((seen & kind) != 0 || !read_entry(footer, &entry, kind))
            return false;
        seen |= kind;
    }
    return true;
}

enum sevl_result sevl_ovmf_footer_read(struct sevl_ovmf_footer *footer,
                                       const struct sevl_ovmf_tail *tail)
{
    struct sevl_ovmf_entries entries;
    SEVL_ASSERT(sevl_ovmf_tail_is_valid(tail));
    memset(footer, 0, sizeof *footer);
    enum sevl_result result = sevl_ovmf_entries_find(&entries, tail);
    if (result != SEVL_OK || read_entries(footer, entries))
        return result;
    memset(footer, 0, sizeof *footer);
    return SEVL_ERROR_ENCODING;
}
