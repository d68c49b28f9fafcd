/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* OVMF images for tests, with a table that is good or not. */
#ifndef SEVLAUNCH_TEST_IMAGE_H
#define SEVLAUNCH_TEST_IMAGE_H

#include <sevlaunch/guid.h>
#include <string.h>

#include "base/bytes.h"
#include "support.h"
#include "tables.h"

#define AFTER_TABLE 32
#define OVERHEAD 18

/* An image that is being built: some bytes, then a table to which entries are added. */
struct image {
    uint8_t bytes[4096];
    size_t size;
    size_t table;
};

static inline uint8_t *append(struct image *image, const void *bytes, size_t size)
{
    uint8_t *at = image->bytes + image->size;
    assert_true(size <= sizeof image->bytes - image->size);
    memcpy(at, bytes, size);
    image->size += size;
    return at;
}

/* Adds an entry that claims `length`. Returns where its data is. */
static inline uint8_t *put_entry(struct image *image, int guid, const void *data, size_t size,
                                 size_t length)
{
    uint8_t le[2];
    uint8_t *at = append(image, data, size);
    sevl_put16(le, (uint16_t)length);
    (void)append(image, le, sizeof le);
    (void)append(image, guids[guid].bytes, SEVL_GUID_SIZE);
    return at;
}

static inline uint8_t *add_entry(struct image *image, int guid, const void *data, size_t size)
{
    return put_entry(image, guid, data, size, OVERHEAD + size);
}

static inline uint8_t *add_number(struct image *image, int guid, uint32_t number)
{
    uint8_t data[4];
    sevl_put32(data, number);
    return add_entry(image, guid, data, sizeof data);
}

static inline uint8_t *add_area(struct image *image, int guid, uint32_t base, uint32_t size)
{
    uint8_t data[8];
    sevl_put32(data, base);
    sevl_put32(data + 4, size);
    return add_entry(image, guid, data, sizeof data);
}

/* Begins with `before` bytes of firmware. */
static inline void begin_image(struct image *image, size_t before)
{
    memset(image, 0xc3, sizeof *image);
    image->size = before;
    image->table = before;
}

static inline void end_with_length(struct image *image, size_t length)
{
    (void)put_entry(image, FOOTER, "", 0, length);
    memset(image->bytes + image->size, 0x90, AFTER_TABLE);
    image->size += AFTER_TABLE;
}

static inline void end(struct image *image)
{
    end_with_length(image, image->size + OVERHEAD - image->table);
}

#define SNP_SECTIONS_SIZE 28
#define SNP_TABLE_SIZE (22 + 22 + 26 + OVERHEAD + AFTER_TABLE)

/* A page with a section for the hashes of a kernel, for SEV-SNP. */
static inline void make_snp_image(struct image *image)
{
    static const uint8_t sections[SNP_SECTIONS_SIZE] = {'A', 'S',  'E', 'V',  SNP_SECTIONS_SIZE,
                                                        0,   0,    0,   1,    0,
                                                        0,   0,    1,   0,    0,
                                                        0,   0,    0,   0x81, 0,
                                                        0,   0x10, 0,   0,    16,
                                                        0,   0,    0};
    begin_image(image, sizeof image->bytes - SNP_TABLE_SIZE - SNP_SECTIONS_SIZE);
    (void)append(image, sections, sizeof sections);
    image->table = image->size;
    (void)add_number(image, RESET, 0x80b004);
    (void)add_number(image, SNP_METADATA, SNP_SECTIONS_SIZE + SNP_TABLE_SIZE);
    (void)add_area(image, HASH_TABLE_AREA, 0x810c00, 0x400);
    end(image);
    assert_int_equal(image->size, sizeof image->bytes);
}

#endif
