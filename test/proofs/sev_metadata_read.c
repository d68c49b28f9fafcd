/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sev_metadata_read, for a tail of 52 bytes, and metadata that begins 1, 15, 16, 17, 28, 39,
 * 40 or 52 bytes before its end, or before the tail: sections are read if and only if they are what
 * sev_metadata.h says, and lie within the tail. And the walk over the table, for tails of 49, 72
 * and 116 bytes, of up to three entries besides its own: the distance is that of the one entry of
 * four bytes.
 */
#include "proof.h"

/* The initialisers of static GUIDs truncate on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/guest/ovmf_table.c>
#include <core/guest/sev_metadata.c>
#pragma CPROVER check pop

#define TAIL_MAX 52 /* a header and three sections */
#define TABLE_TAIL_MAX 116

static enum sevl_result found = SEVL_OK;
static uint32_t distance;

/* The first byte of a GUID stands for all of it. */
bool sevl_guid_equal(const struct sevl_guid *a, const uint8_t bytes[SEVL_GUID_SIZE])
{
    PROVE(__CPROVER_r_ok(bytes, SEVL_GUID_SIZE));
    return a->bytes[0] == bytes[0];
}

static enum sevl_result find_distance(const struct sevl_ovmf_tail *tail, uint32_t *to)
{
    *to = distance;
    return found;
}

struct section {
    uint64_t start;
    uint64_t end;
};

static struct section section_at(const uint8_t *bytes)
{
    uint64_t base = sevl_get32(bytes);
    return (struct section){base, base + sevl_get32(bytes + 4)};
}

/* Of `size` bytes from the metadata's first one on. */
static bool is_metadata(const uint8_t *bytes, size_t size)
{
    if (size < 16 || bytes[0] != 'A' || bytes[1] != 'S' || bytes[2] != 'E' || bytes[3] != 'V')
        return false;
    uint64_t count = sevl_get32(bytes + 12);
    bool right = sevl_get32(bytes + 8) == 1 && 16 + 12 * count == sevl_get32(bytes + 4) &&
                 16 + 12 * count <= size;
    for (size_t i = 0; right && i < count; i++) {
        struct section a = section_at(bytes + 16 + 12 * i);
        right = a.start < a.end && a.end <= UINT64_C(1) << 32 && a.start % 4096 == 0 &&
                a.end % 4096 == 0;
        for (size_t j = 0; right && j < i; j++) {
            struct section b = section_at(bytes + 16 + 12 * j);
            right = a.end <= b.start || b.end <= a.start;
        }
    }
    return right;
}

static enum sevl_result expected(const struct sevl_ovmf_tail *tail)
{
    if (found != SEVL_OK)
        return found;
    if (distance > tail->size)
        return tail->size < tail->capacity ? SEVL_ERROR_ENCODING : SEVL_ERROR_LENGTH;
    return is_metadata(tail->bytes + tail->size - distance, distance) ? SEVL_OK
                                                                      : SEVL_ERROR_ENCODING;
}

static void read_sections(size_t size)
{
    uint8_t memory[TAIL_MAX];
    struct sevl_ovmf_tail tail = {memory, sizeof memory + any_below(2), sizeof memory};
    struct sevl_sev_metadata metadata;
    found = nondet_bool() ? SEVL_OK : nondet_bool() ? SEVL_ERROR_ABSENT : SEVL_ERROR_ENCODING;
    distance = size <= TAIL_MAX ? (uint32_t)size : nondet_u32();
    ASSUME(size <= TAIL_MAX || distance > TAIL_MAX);

    enum sevl_result result = sevl_sev_metadata_read(&metadata, &tail);

    REACHES(result == SEVL_OK && metadata.count == 3);
    REACHES(result == SEVL_OK && metadata.count == 0 && distance == 17);
    REACHES(result == SEVL_ERROR_LENGTH);
    PROVE(result == expected(&tail));
    PROVE(metadata.distance == (result == SEVL_OK || result == SEVL_ERROR_LENGTH ? distance : 0));
    if (result != SEVL_OK) {
        PROVE(metadata.bytes == NULL && metadata.count == 0);
        return;
    }
    PROVE(metadata.bytes == memory + sizeof memory - distance + 16);
    PROVE(metadata.count == sevl_get32(metadata.bytes - 4));
    if (metadata.count == 0)
        return;
    uint32_t number = (uint32_t)any_below(metadata.count);
    struct sevl_sev_section section = sevl_sev_metadata_section(&metadata, number);
    PROVE(section.base == sevl_get32(metadata.bytes + 12 * number));
    PROVE(section.size == sevl_get32(metadata.bytes + 12 * number + 4));
    PROVE(section.type == sevl_get32(metadata.bytes + 12 * number + 8));
}

/* A table of entries of four bytes: `count` of them. */
static void prove_entries(enum sevl_result result, uint32_t got, const uint8_t *end, size_t count)
{
    size_t named = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *entry = end - 22 * (i + 1);
        if (sevl_get16(entry + 4) != 22)
            return;
        if (entry[6] != metadata_guid.bytes[0])
            continue;
        named++;
        last = sevl_get32(entry);
    }
    REACHES(named == 1 && count == 2 && last != 0);
    REACHES(named == 2);
    PROVE(result == (named == 0               ? SEVL_ERROR_ABSENT
                     : named > 1 || last == 0 ? SEVL_ERROR_ENCODING
                                              : SEVL_OK));
    PROVE(result != SEVL_OK || got == last);
}

static void find(size_t size)
{
    uint8_t memory[TABLE_TAIL_MAX];
    struct sevl_ovmf_tail tail = {ENDING(memory, size), sizeof memory, size};
    uint32_t got = 0;

    enum sevl_result result = find_distance_itself(&tail, &got);

    PROVE(result == SEVL_OK || result == SEVL_ERROR_ABSENT || result == SEVL_ERROR_ENCODING);
    PROVE(result != SEVL_OK || got != 0);
    if (tail.size < 50)
        return;
    const uint8_t *end = tail.bytes + tail.size - 50; /* of the entries */
    size_t length = sevl_get16(end);
    REACHES(result == SEVL_ERROR_ENCODING && length == 40);
    if (end[2] != footer_guid.bytes[0] || length > tail.size - 32)
        return;
    if (length == 18 || length == 40 || length == 62)
        prove_entries(result, got, end, length / 22);
    if (length == 41 && sevl_get16(end - 18) == 23 && end[-16] == metadata_guid.bytes[0])
        PROVE(result == SEVL_ERROR_ENCODING);
}

int main(void)
{
    static const size_t distances[] = {1, 15, 16, 17, 28, 39, 40, TAIL_MAX, TAIL_MAX + 1};
    static const size_t sizes[] = {49, 72, TABLE_TAIL_MAX};
    if (CASE < 9)
        read_sections(distances[CASE]);
    else
        find(sizes[(CASE - 9) % 3]);
}
