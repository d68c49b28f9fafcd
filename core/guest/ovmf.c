/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/ovmf.h"

#include <string.h>

#include "base/assert.h"
#include "base/bytes.h"
#include "base/guid_bytes.h"

/* The bytes after the table: the reset vector. */
#define AFTER_TABLE 32

/* After the data of an entry: its length, then its GUID. The table ends in one. */
#define LENGTH_SIZE 2
#define ENTRY_OVERHEAD (LENGTH_SIZE + SEVL_GUID_SIZE)

static const struct sevl_guid footer_guid =
    SEVL_GUID(0x96b582de, 0x1fb2, 0x45f7, 0xba, 0xea, 0xa3, 0x66, 0xc5, 0x5a, 0x08, 0x2d);
static const struct sevl_guid reset_guid =
    SEVL_GUID(0x00f771de, 0x1a7e, 0x4fcb, 0x89, 0x0e, 0x68, 0xc7, 0x7e, 0x2f, 0xb4, 0x4e);
static const struct sevl_guid hash_area_guid =
    SEVL_GUID(0x7255371f, 0x3a3b, 0x4b04, 0x92, 0x7b, 0x1d, 0xa6, 0xef, 0xa8, 0xd4, 0x54);
static const struct sevl_guid secret_area_guid =
    SEVL_GUID(0x4c2eb361, 0x7d9b, 0x4cc3, 0x80, 0x81, 0x12, 0x7c, 0x90, 0xd3, 0xd2, 0x94);

void sevl_ovmf_tail_update(struct sevl_ovmf_tail *tail, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    SEVL_ASSERT(sevl_ovmf_tail_is_valid(tail));
    if (size > SEVL_OVMF_TAIL_SIZE) {
        bytes += size - SEVL_OVMF_TAIL_SIZE;
        size = SEVL_OVMF_TAIL_SIZE;
    }
    if (size == 0)
        return;
    size_t room = SEVL_OVMF_TAIL_SIZE - size;
    size_t kept = tail->size < room ? tail->size : room;
    memmove(tail->bytes, tail->bytes + (tail->size - kept), kept);
    memcpy(tail->bytes + kept, bytes, size);
    tail->size = (uint32_t)(kept + size);
    SEVL_ASSERT(sevl_ovmf_tail_is_valid(tail));
}

/* What is left of the table to read: entries, the last one first. */
struct entries {
    const uint8_t *bytes;
    size_t size;
};

struct entry {
    const uint8_t *guid;
    const uint8_t *data;
    size_t size;
};

/* Takes the last entry off; returns whether it lies within the table. */
static bool take_last_entry(struct entries *entries, struct entry *entry)
{
    if (entries->size < ENTRY_OVERHEAD)
        return false;
    const uint8_t *end = entries->bytes + entries->size;
    size_t length = sevl_get16(end - ENTRY_OVERHEAD);
    if (length < ENTRY_OVERHEAD || length > entries->size)
        return false;
    entries->size -= length;
    *entry = (struct entry){end - SEVL_GUID_SIZE, end - length, length - ENTRY_OVERHEAD};
    return true;
}

/* Finds the table; its own entry is the last one and counts all of it. */
static enum sevl_result find_entries(struct entries *entries, const struct sevl_ovmf_tail *tail)
{
    if (tail->size < AFTER_TABLE + ENTRY_OVERHEAD)
        return SEVL_ERROR_ABSENT;
    const uint8_t *end = tail->bytes + tail->size - AFTER_TABLE;
    if (!sevl_guid_equal(&footer_guid, end - SEVL_GUID_SIZE))
        return SEVL_ERROR_ABSENT;
    size_t length = sevl_get16(end - ENTRY_OVERHEAD);
    if (length < ENTRY_OVERHEAD || length > tail->size - AFTER_TABLE)
        return SEVL_ERROR_ENCODING;
    *entries = (struct entries){end - length, length - ENTRY_OVERHEAD};
    return SEVL_OK;
}

/* The kinds of entries that are read, as bits. */
enum { SEEN_RESET = 1, SEEN_HASH_TABLE = 2, SEEN_SECRET = 4 };

static unsigned kind_of(const struct entry *entry)
{
    if (sevl_guid_equal(&reset_guid, entry->guid))
        return SEEN_RESET;
    if (sevl_guid_equal(&hash_area_guid, entry->guid))
        return SEEN_HASH_TABLE;
    if (sevl_guid_equal(&secret_area_guid, entry->guid))
        return SEEN_SECRET;
    return 0;
}

static struct sevl_ovmf_area read_area(const struct entry *entry)
{
    return (struct sevl_ovmf_area){sevl_get32(entry->data), sevl_get32(entry->data + 4)};
}

/* Returns whether the entry has the size of its kind. */
static bool read_entry(struct sevl_ovmf_footer *footer, const struct entry *entry, unsigned kind)
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

static bool read_entries(struct sevl_ovmf_footer *footer, struct entries entries)
{
    unsigned seen = 0;
    struct entry entry;
    while (entries.size > 0) {
        if (!take_last_entry(&entries, &entry))
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
    struct entries entries;
    SEVL_ASSERT(sevl_ovmf_tail_is_valid(tail));
    memset(footer, 0, sizeof *footer);
    enum sevl_result result = find_entries(&entries, tail);
    if (result != SEVL_OK || read_entries(footer, entries))
        return result;
    memset(footer, 0, sizeof *footer);
    return SEVL_ERROR_ENCODING;
}
