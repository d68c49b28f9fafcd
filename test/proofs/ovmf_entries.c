/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The steps of sevl_ovmf_footer_read, for tails of every size and content, with 128 in place
 * of 1024 bytes at most: the table that is found, and the last entry of what is left of
 * it, are within the tail, and each step leaves less. So the walk ends, and reads nothing
 * else.
 */
#include "proof.h"

/* The initialisers of static GUIDs truncate on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/guest/ovmf_table.c>
#pragma CPROVER check pop

static const uint8_t *compared;
static bool is_footer;

bool sevl_guid_equal(const struct sevl_guid *a, const uint8_t bytes[SEVL_GUID_SIZE])
{
    PROVE(a == &footer_guid);
    compared = bytes;
    return is_footer;
}

static bool is_within(const uint8_t *bytes, size_t size, const struct sevl_ovmf_entries *outer)
{
    return __CPROVER_same_object(bytes, outer->bytes) && bytes >= outer->bytes &&
           (size_t)(bytes - outer->bytes) <= outer->size &&
           size <= outer->size - (size_t)(bytes - outer->bytes);
}

static void find(const struct sevl_ovmf_tail *tail)
{
    const struct sevl_ovmf_entries all = {tail->bytes, tail->size};
    struct sevl_ovmf_entries entries;
    enum sevl_result result = sevl_ovmf_entries_find(&entries, tail);
    PROVE(result == SEVL_OK || result == SEVL_ERROR_ABSENT || result == SEVL_ERROR_ENCODING);
    PROVE((result != SEVL_ERROR_ABSENT) == (tail->size >= 50 && is_footer));
    PROVE(tail->size < 50 || compared == tail->bytes + tail->size - 48);
    REACHES(result == SEVL_OK && entries.size == 78);
    REACHES(result == SEVL_ERROR_ENCODING);
    if (result != SEVL_OK)
        return;
    PROVE(is_within(entries.bytes, entries.size, &all));
    PROVE(entries.bytes + entries.size == tail->bytes + tail->size - 50);
    PROVE(sevl_get16(tail->bytes + tail->size - 50) == entries.size + 18);
}

static void take(const struct sevl_ovmf_tail *tail)
{
    size_t start = any_below(SEVL_OVMF_TAIL_SIZE);
    const struct sevl_ovmf_entries before = {tail->bytes + start,
                                             any_below(SEVL_OVMF_TAIL_SIZE - start + 1)};
    struct sevl_ovmf_entries entries = before;
    struct sevl_ovmf_entry entry;
    if (!sevl_ovmf_entries_take_last(&entries, &entry))
        return;
    REACHES(entry.size == 8 && entries.size == 0);
    PROVE(entries.bytes == before.bytes && entries.size + 18 <= before.size);
    PROVE(is_within(entry.data, entry.size + 18, &before));
    PROVE(entry.data == entries.bytes + entries.size);
    PROVE(entry.guid == entry.data + entry.size + 2);
    PROVE(entry.guid + 16 == before.bytes + before.size);
    PROVE(sevl_get16(entry.data + entry.size) == entry.size + 18);
}

int main(void)
{
    uint8_t end[SEVL_OVMF_TAIL_SIZE];
    struct sevl_ovmf_tail tail = {end, sizeof end, any_below(sizeof end + 1)};
    is_footer = nondet_bool();
    if (nondet_bool())
        find(&tail);
    else
        take(&tail);
}
