/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/guest/sev_metadata.h>
#include <stdio.h>

#include "image.h"

#define HEADER 16
#define SECTION 12
#define ALL SEVL_SEV_METADATA_TAIL_SIZE

static const struct sevl_sev_section good[] = {
    {0x800000, 0x9000, SEVL_SEV_SECTION_MEMORY},  {0x810000, 0x1000, 0xfedcba98},
    {0xfffff000, 0x1000, SEVL_SEV_SECTION_CPUID}, {0x80a000, 0x1000, 0},
    {0, 0x800000, SEVL_SEV_SECTION_SECRETS}, /* up to the first one */
};
#define GOOD (sizeof good / sizeof *good)

/* An image with metadata, and where parts of it are. */
struct fixture {
    struct image image;
    size_t metadata;
    size_t entry; /* the data of the table's entry */
};

static void put_sections(struct fixture *fixture, const struct sevl_sev_section *sections,
                         size_t count)
{
    uint8_t numbers[SECTION] = {'A', 'S', 'E', 'V'};
    uint8_t version[8] = {1};
    fixture->metadata = fixture->image.size;
    sevl_put32(numbers + 4, (uint32_t)(HEADER + SECTION * count));
    sevl_put32(version + 4, (uint32_t)count);
    (void)append(&fixture->image, numbers, 8);
    (void)append(&fixture->image, version, 8);
    for (size_t i = 0; i < count; i++) {
        sevl_put32(numbers, sections[i].base);
        sevl_put32(numbers + 4, sections[i].size);
        sevl_put32(numbers + 8, sections[i].type);
        (void)append(&fixture->image, numbers, SECTION);
    }
}

static void set_distance(struct fixture *fixture, size_t distance)
{
    sevl_put32(fixture->image.bytes + fixture->entry, (uint32_t)distance);
}

static size_t distance_of(const struct fixture *fixture)
{
    return fixture->image.size - fixture->metadata;
}

/* Some bytes, the metadata, some bytes, and the table, in which others stand beside its entry. */
static void make_fixture(struct fixture *fixture, size_t before, size_t between,
                         const struct sevl_sev_section *sections, size_t count)
{
    struct image *image = &fixture->image;
    begin_image(image, before);
    put_sections(fixture, sections, count);
    image->size += between;
    image->table = image->size;
    (void)add_number(image, RESET, 0x80b004);
    fixture->entry = (size_t)(add_number(image, SNP_METADATA, 0) - image->bytes);
    (void)add_area(image, HASH_TABLE_AREA, 0x810c00, 0x400);
    end(image);
    set_distance(fixture, distance_of(fixture));
}

static enum sevl_result read_tail(const struct image *image, size_t capacity,
                                  struct sevl_sev_metadata *metadata)
{
    static uint8_t bytes[ALL];
    struct sevl_ovmf_tail tail;
    memset(bytes, 0xee, sizeof bytes);
    memset(metadata, 0xff, sizeof *metadata);
    sevl_ovmf_tail_init(&tail, bytes + sizeof bytes - capacity, capacity);
    sevl_ovmf_tail_update(&tail, image->bytes, image->size);
    return sevl_sev_metadata_read(metadata, &tail);
}

static void assert_result(const struct image *image, size_t capacity, enum sevl_result expected,
                          size_t distance)
{
    struct sevl_sev_metadata metadata;
    assert_int_equal(read_tail(image, capacity, &metadata), expected);
    assert_null(metadata.bytes);
    assert_int_equal(metadata.count, 0);
    assert_int_equal(metadata.distance, distance);
}

static void assert_malformed(const struct image *image)
{
    assert_result(image, ALL, SEVL_ERROR_ENCODING, 0);
}

static void assert_sections(const struct sevl_sev_metadata *metadata,
                            const struct sevl_sev_section *sections, size_t count)
{
    assert_int_equal(metadata->count, count);
    for (size_t i = 0; i < count; i++) {
        struct sevl_sev_section got = sevl_sev_metadata_section(metadata, (uint32_t)i);
        assert_memory_equal(&got, &sections[i], sizeof got);
    }
}

static void assert_read(const struct fixture *fixture, const struct sevl_sev_section *sections,
                        size_t count, size_t capacity)
{
    struct sevl_sev_metadata metadata;
    assert_int_equal(read_tail(&fixture->image, capacity, &metadata), SEVL_OK);
    assert_int_equal(metadata.distance, distance_of(fixture));
    assert_sections(&metadata, sections, count);
}

static void sections_are_read_in_their_order(void **state)
{
    (void)state;
    struct fixture fixture;
    for (size_t before = 0; before < 100; before += 9)
        for (size_t between = 0; between < 3500; between += 97)
            for (size_t count = 0; count <= GOOD; count++) {
                make_fixture(&fixture, before, between, good, count);
                assert_read(&fixture, good, count, ALL);
            }
}

static void a_tail_that_is_too_short_tells_the_size_it_needs(void **state)
{
    (void)state;
    struct fixture fixture;
    make_fixture(&fixture, 50, 1500, good, GOOD);
    size_t table = fixture.image.size - fixture.image.table;
    size_t distance = distance_of(&fixture);
    for (size_t capacity = table; capacity < distance; capacity++)
        assert_result(&fixture.image, capacity, SEVL_ERROR_LENGTH, distance);
    for (size_t capacity = distance; capacity < fixture.image.size + 2; capacity++)
        assert_read(&fixture, good, GOOD, capacity);
    for (size_t capacity = 50; capacity < table; capacity++)
        assert_result(&fixture.image, capacity, SEVL_ERROR_ENCODING, 0);
    for (size_t capacity = 1; capacity < 50; capacity++)
        assert_result(&fixture.image, capacity, SEVL_ERROR_ABSENT, 0);
}

/* A tail that is full may be less than the image; one with room left is all of it. */
static void a_distance_leads_into_the_image(void **state)
{
    (void)state;
    struct fixture fixture;
    make_fixture(&fixture, 0, 10, good, GOOD);
    size_t size = fixture.image.size;
    assert_int_equal(distance_of(&fixture), size);
    for (size_t more = 1; more < 70; more++) {
        set_distance(&fixture, size + more);
        assert_result(&fixture.image, size, SEVL_ERROR_LENGTH, size + more);
        assert_result(&fixture.image, size + 1, SEVL_ERROR_ENCODING, 0);
    }
    set_distance(&fixture, UINT32_MAX);
    assert_result(&fixture.image, size, SEVL_ERROR_LENGTH, UINT32_MAX);
    assert_malformed(&fixture.image);
    for (size_t wrong = 0; wrong < size; wrong++) {
        set_distance(&fixture, wrong);
        assert_malformed(&fixture.image);
    }
}

/* Metadata of no sections in the last bytes of the image. */
static void a_header_needs_16_bytes(void **state)
{
    (void)state;
    struct fixture fixture;
    make_fixture(&fixture, 0, 0, good, 0);
    for (size_t left = 1; left <= 32; left++) {
        struct fixture changed = fixture;
        uint8_t *at = changed.image.bytes + changed.image.size - left;
        memcpy(at, fixture.image.bytes, left < HEADER ? left : HEADER);
        changed.metadata = changed.image.size - left;
        set_distance(&changed, left);
        if (left < HEADER) /* in memory that ends with the image */
            assert_result(&changed.image, changed.image.size, SEVL_ERROR_ENCODING, 0);
        else
            assert_read(&changed, good, 0, ALL);
    }
}

static void other_images_have_no_metadata(void **state)
{
    (void)state;
    struct image image;
    begin_image(&image, 2000);
    assert_result(&image, ALL, SEVL_ERROR_ABSENT, 0);
    begin_image(&image, 100);
    end(&image);
    assert_result(&image, ALL, SEVL_ERROR_ABSENT, 0);
    begin_image(&image, 100);
    (void)add_number(&image, RESET, 1);
    end(&image);
    assert_result(&image, ALL, SEVL_ERROR_ABSENT, 0);
}

static void a_malformed_table_is_an_error(void **state)
{
    (void)state;
    struct fixture fixture;
    make_fixture(&fixture, 0, 0, good, GOOD);
    fixture.image.bytes[fixture.entry + 4] ^= 0x40; /* the entry's length */
    assert_malformed(&fixture.image);
    make_fixture(&fixture, 0, 0, good, GOOD);
    fixture.image.bytes[fixture.image.size - 50]--; /* the table's, which cuts an entry */
    assert_malformed(&fixture.image);
}

/* Too few bytes for an entry, before the last good one. */
static void a_rest_of_the_table_is_an_error(void **state)
{
    (void)state;
    for (size_t rest = 0; rest < OVERHEAD; rest++) {
        struct fixture fixture;
        make_fixture(&fixture, 0, OVERHEAD, good, GOOD);
        size_t length = fixture.image.size - AFTER_TABLE - fixture.image.table + rest;
        sevl_put16(fixture.image.bytes + fixture.image.size - 50, (uint16_t)length);
        if (rest > 0)
            assert_malformed(&fixture.image);
        else
            assert_read(&fixture, good, GOOD, ALL);
    }
}

static void an_entry_has_four_bytes(void **state)
{
    (void)state;
    static const uint8_t data[9] = {50};
    for (size_t size = 0; size < sizeof data; size++) {
        struct image image;
        begin_image(&image, 10);
        (void)add_entry(&image, SNP_METADATA, data, size);
        end(&image);
        assert_malformed(&image); /* with four, too: there is no metadata */
    }
}

/* Even if both say the same. */
static void a_second_entry_is_an_error(void **state)
{
    (void)state;
    for (int count = 1; count <= 2; count++) {
        struct fixture fixture;
        begin_image(&fixture.image, 0);
        put_sections(&fixture, good, GOOD);
        fixture.image.table = fixture.image.size;
        size_t distance = fixture.image.size + (size_t)count * (OVERHEAD + 4) + OVERHEAD + 32;
        for (int i = 0; i < count; i++)
            (void)add_number(&fixture.image, SNP_METADATA, (uint32_t)distance);
        end(&fixture.image);
        if (count == 1)
            assert_read(&fixture, good, GOOD, ALL);
        else
            assert_malformed(&fixture.image);
    }
}

static void the_header_has_one_content(void **state)
{
    (void)state;
    struct fixture fixture;
    make_fixture(&fixture, 0, 100, good, GOOD);
    for (size_t bit = 0; bit < 8 * HEADER; bit++) {
        struct image changed = fixture.image;
        changed.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_malformed(&changed);
    }
    for (uint32_t length = 0; length < 4096; length++) {
        struct image changed = fixture.image;
        sevl_put32(changed.bytes + 4, length);
        if (length != HEADER + SECTION * GOOD)
            assert_malformed(&changed);
    }
}

/* Its length and its count agree, and lead past the end, or round. */
static void the_length_ends_in_the_image(void **state)
{
    (void)state;
    static const uint32_t counts[] = {31, 200, 0x15555554, 0x15555555, 0xfffffffe, UINT32_MAX};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        struct fixture fixture;
        make_fixture(&fixture, 0, 100, good, GOOD);
        sevl_put32(fixture.image.bytes + 4, HEADER + SECTION * counts[c]);
        sevl_put32(fixture.image.bytes + 12, counts[c]);
        assert_malformed(&fixture.image);
    }
}

/* Sections up to the last byte of the image: what they hold is not good, but is read. */
static void the_length_may_be_all_that_is_left(void **state)
{
    (void)state;
    for (size_t missing = 0; missing < 2; missing++) {
        struct fixture fixture;
        make_fixture(&fixture, 0, 0, good, 0);
        uint8_t *image = fixture.image.bytes;
        size_t at = fixture.image.size - HEADER - SECTION + missing;
        uint8_t section[SECTION] = {0, 0x10, 0, 0, 0, 0x10};
        memcpy(image + at, image, HEADER);
        memcpy(image + at + HEADER, section, SECTION - missing);
        sevl_put32(image + at + 4, HEADER + SECTION);
        sevl_put32(image + at + 12, 1);
        fixture.metadata = at;
        set_distance(&fixture, distance_of(&fixture));
        if (missing == 0)
            assert_read(&fixture, &(struct sevl_sev_section){0x1000, 0x1000, 0}, 1, ALL);
        else
            assert_malformed(&fixture.image);
    }
}

static void assert_pair(uint32_t base, uint32_t size, uint32_t other, uint32_t other_size,
                        bool is_right)
{
    for (int turned = 0; turned < 2; turned++) {
        struct sevl_sev_section sections[2];
        struct fixture fixture;
        sections[turned] = (struct sevl_sev_section){base, size, 1};
        sections[1 - turned] = (struct sevl_sev_section){other, other_size, 1};
        make_fixture(&fixture, 0, 0, sections, 2);
        if (is_right)
            assert_read(&fixture, sections, 2, ALL);
        else
            assert_malformed(&fixture.image);
    }
}

static void sections_are_whole_pages_below_4_gib(void **state)
{
    (void)state;
    assert_pair(0, 0x1000, 0xfffff000, 0x1000, true);
    assert_pair(0, 0x1000, 0x1000, 0xfffff000, true);
    assert_pair(0, 0x1000, 0x2000, 0, false);
    assert_pair(0, 0x1000, 0xfffff000, 0x2000, false);
    assert_pair(0, 0x1000, 0x2000, 0xfffff000, false);
    assert_pair(0x10000, 0x1000, 0x20000, 0xfffff000, false);
    for (uint32_t bit = 0; bit < 12; bit++) {
        assert_pair(0, 0x1000, 0x10000 + (UINT32_C(1) << bit), 0x1000, false);
        assert_pair(0, 0x1000, 0x10000, 0x1000 + (UINT32_C(1) << bit), false);
        assert_pair(0, 0x1000, 0x10000, UINT32_C(1) << bit, false);
    }
}

static void sections_do_not_overlap(void **state)
{
    (void)state;
    assert_pair(0x4000, 0x2000, 0x3000, 0x1000, true);
    assert_pair(0x4000, 0x2000, 0x6000, 0x1000, true);
    assert_pair(0x4000, 0x2000, 0x3000, 0x2000, false);
    assert_pair(0x4000, 0x2000, 0x5000, 0x1000, false);
    assert_pair(0x4000, 0x2000, 0x5000, 0x9000, false);
    assert_pair(0x4000, 0x2000, 0x4000, 0x2000, false);
    assert_pair(0x4000, 0x3000, 0x5000, 0x1000, false);
    assert_pair(0, 0x1000, 0, 0xfffff000, false);
}

/* Alone, so that no other section overlaps with what would be all memory. */
static void an_empty_section_is_an_error(void **state)
{
    (void)state;
    struct fixture fixture;
    make_fixture(&fixture, 0, 0, &(struct sevl_sev_section){0, 0, 1}, 1);
    assert_malformed(&fixture.image);
}

/* Not with its neighbours alone. */
static void the_first_and_the_last_overlap(void **state)
{
    (void)state;
    struct fixture fixture;
    struct sevl_sev_section sections[GOOD + 1];
    memcpy(sections, good, sizeof good);
    for (size_t with = 0; with < GOOD; with++) {
        sections[GOOD] = good[with];
        make_fixture(&fixture, 0, 0, sections, GOOD + 1);
        assert_malformed(&fixture.image);
    }
}

/* What is read has sections that hold what they promise. */
static void any_changed_byte_is_read_or_refused(void **state)
{
    (void)state;
    struct fixture fixture;
    make_fixture(&fixture, 20, 30, good, GOOD);
    struct image changed = fixture.image;
    for (size_t at = 0; at < changed.size; at++) {
        for (int value = 0; value < 256; value++) {
            struct sevl_sev_metadata metadata;
            changed.bytes[at] = (uint8_t)value;
            if (read_tail(&changed, ALL, &metadata) != SEVL_OK)
                continue;
            assert_int_equal(metadata.count, GOOD);
            for (uint32_t i = 0; i < GOOD; i++) {
                struct sevl_sev_section got = sevl_sev_metadata_section(&metadata, i);
                assert_true(got.size > 0 && (got.size | got.base) % 4096 == 0);
                assert_true((uint64_t)got.base + got.size <= UINT64_C(1) << 32);
            }
        }
        changed.bytes[at] = fixture.image.bytes[at];
    }
}

/* The first lies as far from the end on Debian 12, the second on Debian 13. */
static const struct {
    uint32_t distance;
    uint32_t count;
    struct sevl_sev_section sections[6];
} debians[] = {
    {1324,
     5,
     {{0x800000, 0x9000, SEVL_SEV_SECTION_MEMORY},
      {0x80a000, 0x3000, SEVL_SEV_SECTION_MEMORY},
      {0x80d000, 0x1000, SEVL_SEV_SECTION_SECRETS},
      {0x80e000, 0x1000, SEVL_SEV_SECTION_CPUID},
      {0x80f000, 0x11000, SEVL_SEV_SECTION_MEMORY}}},
    {1352,
     6,
     {{0x800000, 0x9000, SEVL_SEV_SECTION_MEMORY},
      {0x80a000, 0x3000, SEVL_SEV_SECTION_MEMORY},
      {0x80d000, 0x1000, SEVL_SEV_SECTION_SECRETS},
      {0x80e000, 0x1000, SEVL_SEV_SECTION_CPUID},
      {0x80f000, 0x1000, SEVL_SEV_SECTION_SVSM_CAA},
      {0x810000, 0x10000, SEVL_SEV_SECTION_MEMORY}}},
};

static void read_debians_tail(struct image *image)
{
    FILE *file = fopen("/usr/share/ovmf/OVMF.fd", "rb");
    if (file == NULL)
        fail_msg("OVMF.fd is not there; Debian's package ovmf has it");
    image->size = sizeof image->bytes;
    assert_int_equal(fseek(file, -(long)sizeof image->bytes, SEEK_END), 0);
    assert_int_equal(fread(image->bytes, 1, sizeof image->bytes, file), sizeof image->bytes);
    (void)fclose(file);
}

static void debians_image_is_read(void **state)
{
    (void)state;
    struct image image;
    struct sevl_sev_metadata metadata;
    read_debians_tail(&image);
    assert_int_equal(read_tail(&image, sizeof image.bytes, &metadata), SEVL_OK);
    size_t release = metadata.distance == debians[0].distance ? 0 : 1;
    assert_int_equal(metadata.distance, debians[release].distance);
    assert_sections(&metadata, debians[release].sections, debians[release].count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_are_read_in_their_order),
        cmocka_unit_test(a_tail_that_is_too_short_tells_the_size_it_needs),
        cmocka_unit_test(a_distance_leads_into_the_image),
        cmocka_unit_test(a_header_needs_16_bytes),
        cmocka_unit_test(other_images_have_no_metadata),
        cmocka_unit_test(a_malformed_table_is_an_error),
        cmocka_unit_test(a_rest_of_the_table_is_an_error),
        cmocka_unit_test(an_entry_has_four_bytes),
        cmocka_unit_test(a_second_entry_is_an_error),
        cmocka_unit_test(the_header_has_one_content),
        cmocka_unit_test(the_length_ends_in_the_image),
        cmocka_unit_test(the_length_may_be_all_that_is_left),
        cmocka_unit_test(sections_are_whole_pages_below_4_gib),
        cmocka_unit_test(sections_do_not_overlap),
        cmocka_unit_test(an_empty_section_is_an_error),
        cmocka_unit_test(the_first_and_the_last_overlap),
        cmocka_unit_test(any_changed_byte_is_read_or_refused),
        cmocka_unit_test(debians_image_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
