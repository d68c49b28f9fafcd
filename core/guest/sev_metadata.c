/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/sev_metadata.h"

#include <string.h>

#include "base/assert.h"
#include "base/bytes.h"
#include "base/guid_bytes.h"
#include "guest/sev_sections.h"

#define PAGE_MASK UINT32_C(0xfff)

/* "ASEV", length of all, version, count: then sections of three numbers each. */
#define SIGNATURE UINT32_C(0x56455341)
#define VERSION 1
#define HEADER_SIZE 16

static const struct sevl_guid metadata_guid =
    SEVL_GUID(0xdc886566, 0x984a, 0x4798, 0xa7, 0x5e, 0x55, 0x85, 0xa7, 0xbf, 0x67, 0xcc);

/* How far the metadata begins before the end of the image; 0 as long as no entry tells. */
static enum sevl_result add_distance(const struct sevl_ovmf_entry *entry, uint32_t *distance)
{
    if (!sevl_guid_equal(&metadata_guid, entry->guid))
        return SEVL_OK;
    if (*distance != 0 || entry->size != 4)
        return SEVL_ERROR_ENCODING;
    *distance = sevl_get32(entry->data);
    return *distance == 0 ? SEVL_ERROR_ENCODING : SEVL_OK;
}

static enum sevl_result find_distance(const struct sevl_ovmf_tail *tail, uint32_t *distance)
{
    struct sevl_ovmf_entries entries;
    struct sevl_ovmf_entry entry;
    enum sevl_result result = sevl_ovmf_entries_find(&entries, tail);
    while (result == SEVL_OK && entries.size > 0) {
        if (!sevl_ovmf_entries_take_last(&entries, &entry))
            return SEVL_ERROR_ENCODING;
        result = add_distance(&entry, distance);
    }
    if (result == SEVL_OK && *distance == 0)
        return SEVL_ERROR_ABSENT;
    return result;
}

struct sevl_sev_section sevl_sev_metadata_section(const struct sevl_sev_metadata *metadata,
                                                  uint32_t number)
{
    SEVL_ASSERT(number < metadata->count);
    const uint8_t *bytes = metadata->bytes + (size_t)number * SEVL_SEV_SECTION_SIZE;
    return (struct sevl_sev_section){sevl_get32(bytes), sevl_get32(bytes + 4),
                                     sevl_get32(bytes + 8)};
}

static bool is_whole_pages(struct sevl_sev_section section)
{
    return section.size != 0 && ((section.base | section.size) & PAGE_MASK) == 0 &&
           section.size - 1 <= UINT32_MAX - section.base;
}

/* An end at 4 GiB is 0 in 32 bits: the last byte stands for it. */
static uint32_t last_byte(struct sevl_sev_section section)
{
    return section.base + (section.size - 1);
}

static bool sections_overlap(struct sevl_sev_section a, struct sevl_sev_section b)
{
    return a.base <= last_byte(b) && b.base <= last_byte(a);
}

static bool is_apart(const struct sevl_sev_metadata *metadata, uint32_t number)
{
    struct sevl_sev_section section = sevl_sev_metadata_section(metadata, number);
    for (uint32_t i = 0; i < number; i++)
        if (sections_overlap(section, sevl_sev_metadata_section(metadata, i)))
            return false;
    return true;
}

bool sevl_sev_section_is_right(const struct sevl_sev_metadata *metadata, uint32_t number)
{
    return is_whole_pages(sevl_sev_metadata_section(metadata, number)) &&
           is_apart(metadata, number);
}

static bool sections_are_right(const struct sevl_sev_metadata *metadata)
{
    for (uint32_t i = 0; i < metadata->count; i++)
        if (!sevl_sev_section_is_right(metadata, i))
            return false;
    return true;
}

/* `size` bytes lead from the metadata's first one to the end of the image. */
static bool read_header(struct sevl_sev_metadata *metadata, const uint8_t *bytes, size_t size)
{
    if (size < HEADER_SIZE)
        return false;
    if (sevl_get32(bytes) != SIGNATURE || sevl_get32(bytes + 8) != VERSION)
        return false;
    uint32_t length = sevl_get32(bytes + 4);
    if (length < HEADER_SIZE || length > size)
        return false;
    metadata->bytes = bytes + HEADER_SIZE;
    metadata->count = (length - HEADER_SIZE) / SEVL_SEV_SECTION_SIZE;
    return (length - HEADER_SIZE) % SEVL_SEV_SECTION_SIZE == 0 &&
           metadata->count == sevl_get32(bytes + 12);
}

/* A tail that has room left holds the whole image: no larger one would hold more. */
static enum sevl_result read_metadata(struct sevl_sev_metadata *metadata,
                                      const struct sevl_ovmf_tail *tail)
{
    enum sevl_result result = find_distance(tail, &metadata->distance);
    if (result != SEVL_OK)
        return result;
    size_t distance = metadata->distance;
    if (distance > tail->size)
        return tail->size < tail->capacity ? SEVL_ERROR_ENCODING : SEVL_ERROR_LENGTH;
    if (!read_header(metadata, tail->bytes + (tail->size - distance), distance))
        return SEVL_ERROR_ENCODING;
    return sections_are_right(metadata) ? SEVL_OK : SEVL_ERROR_ENCODING;
}

enum sevl_result sevl_sev_metadata_read(struct sevl_sev_metadata *metadata,
                                        const struct sevl_ovmf_tail *tail)
{
    SEVL_ASSERT(sevl_ovmf_tail_is_valid(tail));
    *metadata = (struct sevl_sev_metadata){0};
    enum sevl_result result = read_metadata(metadata, tail);
    uint32_t distance = result == SEVL_ERROR_LENGTH ? metadata->distance : 0;
    if (result != SEVL_OK)
        *metadata = (struct sevl_sev_metadata){NULL, 0, distance};
    return result;
}
