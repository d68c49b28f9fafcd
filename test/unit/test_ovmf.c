/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/guest/ovmf.h>
#include <sevlaunch/guid.h>
#include <stdio.h>
#include <string.h>

#include "image.h"

#define TABLE_MAX (SEVL_OVMF_TAIL_SIZE - AFTER_TABLE)

/* One at a time. */
static struct sevl_ovmf_tail new_tail(void)
{
    static uint8_t end[SEVL_OVMF_TAIL_SIZE];
    struct sevl_ovmf_tail tail;
    sevl_ovmf_tail_init(&tail, end, sizeof end);
    return tail;
}

static enum sevl_result read_image(const struct image *image, struct sevl_ovmf_footer *footer)
{
    struct sevl_ovmf_tail tail = new_tail();
    memset(footer, 0xff, sizeof *footer);
    sevl_ovmf_tail_update(&tail, image->bytes, image->size);
    return sevl_ovmf_footer_read(footer, &tail);
}

static void assert_refused(const struct image *image, enum sevl_result expected)
{
    struct sevl_ovmf_footer footer;
    assert_int_equal(read_image(image, &footer), expected);
    assert_true(is_zero(&footer, sizeof footer));
}

static void assert_empty(const struct image *image)
{
    struct sevl_ovmf_footer footer;
    assert_int_equal(read_image(image, &footer), SEVL_OK);
    assert_true(is_zero(&footer, sizeof footer));
}

/* The last bytes of `image`, as many as a tail keeps of `size` bytes. */
static void assert_keeps(const struct sevl_ovmf_tail *tail, const uint8_t *image, size_t size)
{
    size_t kept = size < SEVL_OVMF_TAIL_SIZE ? size : SEVL_OVMF_TAIL_SIZE;
    assert_int_equal(tail->size, kept);
    assert_memory_equal(tail->bytes, image + size - kept, kept);
}

static const size_t sizes[] = {0, 1, 49, 1023, 1024, 1025, 1056, 2047, 2048, 2049, 3000, 4096};
#define SIZES (sizeof sizes / sizeof *sizes)

static const uint8_t *numbered_bytes(void)
{
    static uint8_t bytes[4096];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 167 + i / 256);
    return bytes;
}

static void pieces_of_every_size_keep_the_same_tail(void **state)
{
    (void)state;
    const uint8_t *image = numbered_bytes();
    for (size_t s = 0; s < SIZES; s++)
        for (size_t piece = 1; piece <= sizes[s] + 1; piece++) {
            struct sevl_ovmf_tail tail = new_tail();
            for (size_t at = 0; at < sizes[s]; at += piece)
                sevl_ovmf_tail_update(&tail, image + at,
                                      sizes[s] - at < piece ? sizes[s] - at : piece);
            assert_keeps(&tail, image, sizes[s]);
        }
}

/* Including the empty pieces at both ends. */
static void every_split_keeps_the_same_tail(void **state)
{
    (void)state;
    const uint8_t *image = numbered_bytes();
    for (size_t s = 0; s < SIZES; s++)
        for (size_t split = 0; split <= sizes[s]; split++) {
            struct sevl_ovmf_tail tail = new_tail();
            sevl_ovmf_tail_update(&tail, image, split);
            assert_keeps(&tail, image, split);
            sevl_ovmf_tail_update(&tail, image + split, sizes[s] - split);
            assert_keeps(&tail, image, sizes[s]);
        }
}

static void an_empty_update_needs_no_data(void **state)
{
    (void)state;
    const uint8_t *image = numbered_bytes();
    struct sevl_ovmf_tail tail = new_tail();
    sevl_ovmf_tail_update(&tail, NULL, 0);
    assert_keeps(&tail, image, 0);
    sevl_ovmf_tail_update(&tail, image, 1500);
    sevl_ovmf_tail_update(&tail, NULL, 0);
    assert_keeps(&tail, image, 1500);
}

/* The values in the image that Debian builds for SEV, and where they are in it. */
struct known {
    struct image image;
    uint8_t *reset_address;
    uint8_t *hash_table;
    uint8_t *secret;
};

static void make_known(struct known *known, size_t before)
{
    struct image *image = &known->image;
    begin_image(image, before);
    known->hash_table = add_area(image, HASH_TABLE_AREA, 0x810c00, 0x400);
    known->secret = add_area(image, SECRET_AREA, 0x810000, 0xc00);
    (void)add_number(image, SNP_METADATA, 0x5f4);
    known->reset_address = add_number(image, RESET, 0x80b004);
    end(image);
}

static void assert_known(const struct sevl_ovmf_footer *footer)
{
    assert_int_equal(footer->reset_address, 0x80b004);
    assert_int_equal(footer->hash_table.base, 0x810c00);
    assert_int_equal(footer->hash_table.size, 0x400);
    assert_int_equal(footer->secret.base, 0x810000);
    assert_int_equal(footer->secret.size, 0xc00);
}

static void each_entry_is_read_into_its_field(void **state)
{
    (void)state;
    struct known known;
    struct sevl_ovmf_footer footer;
    for (size_t before = 0; before < 1200; before++) {
        make_known(&known, before);
        assert_int_equal(read_image(&known.image, &footer), SEVL_OK);
        assert_known(&footer);
    }
}

static void entries_stand_in_any_order(void **state)
{
    (void)state;
    struct image image;
    struct sevl_ovmf_footer footer;
    for (int first = 0; first < 3; first++) {
        begin_image(&image, 0);
        for (int i = first; i < first + 3; i++)
            if (i % 3 == 0)
                (void)add_area(&image, HASH_TABLE_AREA, 0x810c00, 0x400);
            else if (i % 3 == 1)
                (void)add_number(&image, RESET, 0x80b004);
            else
                (void)add_area(&image, SECRET_AREA, 0x810000, 0xc00);
        end(&image);
        assert_int_equal(read_image(&image, &footer), SEVL_OK);
        assert_known(&footer);
    }
}

static void numbers_have_all_their_bits(void **state)
{
    (void)state;
    struct image image;
    struct sevl_ovmf_footer footer;
    begin_image(&image, 0);
    (void)add_number(&image, RESET, 0xfedcba98);
    (void)add_area(&image, HASH_TABLE_AREA, 0x89abcdef, 0xffffffff);
    (void)add_area(&image, SECRET_AREA, 0x80000001, 0xf1e2d3c4);
    end(&image);
    assert_int_equal(read_image(&image, &footer), SEVL_OK);
    assert_int_equal(footer.reset_address, 0xfedcba98);
    assert_int_equal(footer.hash_table.base, 0x89abcdef);
    assert_int_equal(footer.hash_table.size, 0xffffffff);
    assert_int_equal(footer.secret.base, 0x80000001);
    assert_int_equal(footer.secret.size, 0xf1e2d3c4);
}

/* As in Debian's images without support for them. */
static void areas_of_zeros_are_as_absent_ones(void **state)
{
    (void)state;
    struct image image;
    struct sevl_ovmf_footer footer;
    begin_image(&image, 100);
    (void)add_area(&image, HASH_TABLE_AREA, 0, 0);
    (void)add_area(&image, SECRET_AREA, 0, 0);
    (void)add_number(&image, RESET, 0x80b004);
    end(&image);
    assert_int_equal(read_image(&image, &footer), SEVL_OK);
    assert_int_equal(footer.reset_address, 0x80b004);
    assert_true(is_zero(&footer.hash_table, sizeof footer.hash_table));
    assert_true(is_zero(&footer.secret, sizeof footer.secret));
}

static void a_table_without_entries_is_one(void **state)
{
    (void)state;
    struct image image;
    begin_image(&image, 0);
    end(&image);
    assert_int_equal(image.size, 50);
    assert_empty(&image);
    begin_image(&image, 500);
    end(&image);
    assert_empty(&image);
}

/* Whatever they hold, even the footer's GUID again. */
static void unknown_entries_are_skipped(void **state)
{
    (void)state;
    static const int unknown[] = {COUNTING, HIGH, SNP_METADATA, FOOTER, HASH_TABLE, SECRET_TABLE};
    for (size_t u = 0; u < sizeof unknown / sizeof *unknown; u++)
        for (size_t size = 0; size < 64; size++) {
            struct image image;
            struct sevl_ovmf_footer footer;
            begin_image(&image, 10);
            (void)add_entry(&image, unknown[u], guids, size);
            (void)add_number(&image, RESET, 0x80b004);
            (void)add_entry(&image, unknown[u], guids, size);
            end(&image);
            assert_int_equal(read_image(&image, &footer), SEVL_OK);
            assert_int_equal(footer.reset_address, 0x80b004);
        }
}

static void other_images_have_no_table(void **state)
{
    (void)state;
    struct known known;
    struct image image;
    begin_image(&image, 0);
    assert_refused(&image, SEVL_ERROR_ABSENT);
    begin_image(&image, 2000);
    assert_refused(&image, SEVL_ERROR_ABSENT);

    make_known(&known, 64);
    for (size_t bit = 0; bit < 8 * SEVL_GUID_SIZE; bit++) {
        image = known.image;
        image.bytes[image.size - 48 + bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_refused(&image, SEVL_ERROR_ABSENT);
    }
    known.image.size--; /* the GUID is not at its place */
    assert_refused(&known.image, SEVL_ERROR_ABSENT);
}

/* Only the last bytes of an empty table: too few, until all are there. */
static void a_cut_off_table_is_absent(void **state)
{
    (void)state;
    struct image image;
    begin_image(&image, 0);
    end(&image);
    for (size_t size = 0; size < image.size; size++) {
        struct image cut = {.size = size};
        memcpy(cut.bytes, image.bytes + image.size - size, size);
        assert_refused(&cut, SEVL_ERROR_ABSENT);
    }
}

/* In an image of the table alone, in a longer one, and in one longer than its tail. */
static void the_footer_counts_what_is_there(void **state)
{
    (void)state;
    static const size_t before[] = {0, 300, 3000};
    for (size_t b = 0; b < 3; b++) {
        struct image image;
        begin_image(&image, before[b]);
        size_t there = before[b] + OVERHEAD;
        size_t max = there < TABLE_MAX ? there : TABLE_MAX;
        for (size_t length = 0; length <= UINT16_MAX; length++) {
            image.size = before[b];
            end_with_length(&image, length);
            if (length < OVERHEAD || length > max)
                assert_refused(&image, SEVL_ERROR_ENCODING);
            else if (length == OVERHEAD)
                assert_empty(&image);
            else /* an entry of the firmware claims 0xc3c3 bytes */
                assert_refused(&image, SEVL_ERROR_ENCODING);
        }
    }
}

/* Every length that an entry can claim, in a table of two entries of `size` bytes. */
static void assert_lengths(int guid, size_t size)
{
    uint8_t data[64] = {0};
    for (size_t length = 0; length <= UINT16_MAX; length++) {
        struct image image;
        struct sevl_ovmf_footer footer;
        image.size = 0;
        image.table = 0;
        (void)add_entry(&image, COUNTING, data, size);
        (void)put_entry(&image, guid, data, size, length);
        end(&image);
        bool skips_both = guid == HIGH && length == 2 * (OVERHEAD + size);
        bool right = length == OVERHEAD + size || skips_both;
        assert_int_equal(read_image(&image, &footer), right ? SEVL_OK : SEVL_ERROR_ENCODING);
        assert_true(is_zero(&footer, sizeof footer));
    }
}

static void an_entry_counts_what_is_there(void **state)
{
    (void)state;
    assert_lengths(HIGH, 0);
    assert_lengths(HIGH, 30);
    assert_lengths(RESET, 4);
    assert_lengths(HASH_TABLE_AREA, 8);
    assert_lengths(SECRET_AREA, 8);
}

static void an_entry_has_the_size_of_its_kind(void **state)
{
    (void)state;
    static const int kinds[] = {RESET, HASH_TABLE_AREA, SECRET_AREA};
    static const uint8_t data[64] = {0};
    for (size_t k = 0; k < 3; k++)
        for (size_t size = 0; size <= sizeof data; size++) {
            struct image image;
            begin_image(&image, 10);
            (void)add_entry(&image, kinds[k], data, size);
            end(&image);
            if (size == (kinds[k] == RESET ? 4 : 8))
                assert_empty(&image);
            else
                assert_refused(&image, SEVL_ERROR_ENCODING);
        }
}

/* Also with the same values, next to each other or not. */
static void twice_the_same_entry_is_an_error(void **state)
{
    (void)state;
    static const int kinds[] = {RESET, HASH_TABLE_AREA, SECRET_AREA};
    static const uint8_t data[8] = {0};
    for (size_t k = 0; k < 3; k++)
        for (int between = 0; between < 2; between++) {
            struct image image;
            size_t size = kinds[k] == RESET ? 4 : 8;
            begin_image(&image, 10);
            (void)add_entry(&image, kinds[k], data, size);
            if (between != 0)
                (void)add_entry(&image, COUNTING, data, sizeof data);
            (void)add_entry(&image, kinds[k], data, size);
            end(&image);
            assert_refused(&image, SEVL_ERROR_ENCODING);
        }
}

/* Too few bytes for an entry, before the last good one. */
static void a_rest_of_the_table_is_an_error(void **state)
{
    (void)state;
    for (size_t rest = 0; rest < OVERHEAD; rest++)
        for (int byte = 0; byte < 256; byte++) {
            struct image image;
            struct sevl_ovmf_footer footer;
            begin_image(&image, 10);
            memset(image.bytes + image.size, byte, rest);
            image.size += rest;
            (void)add_number(&image, RESET, 0x80b004);
            end(&image);
            if (rest > 0)
                assert_refused(&image, SEVL_ERROR_ENCODING);
            else
                assert_int_equal(read_image(&image, &footer), SEVL_OK);
        }
}

static void a_table_has_992_bytes_at_most(void **state)
{
    (void)state;
    static const uint8_t filling[TABLE_MAX] = {0};
    const size_t rest = TABLE_MAX - 3 * OVERHEAD - 4; /* besides RESET and the footer */
    for (size_t before = 0; before < 100; before += 33)
        for (size_t more = 0; more < 2; more++) {
            struct image image;
            struct sevl_ovmf_footer footer;
            begin_image(&image, before);
            (void)add_entry(&image, COUNTING, filling, rest + more);
            (void)add_number(&image, RESET, 0x80b004);
            end(&image);
            assert_int_equal(image.size - before, SEVL_OVMF_TAIL_SIZE + more);
            if (more > 0)
                assert_refused(&image, SEVL_ERROR_ENCODING);
            else
                assert_int_equal(read_image(&image, &footer), SEVL_OK);
        }
}

/* A field holds what its entry says, or zeros if the walk did not reach the entry. */
static void assert_consistent(const struct known *known)
{
    struct sevl_ovmf_footer footer;
    enum sevl_result result = read_image(&known->image, &footer);
    if (result != SEVL_OK) {
        assert_true(result == SEVL_ERROR_ABSENT || result == SEVL_ERROR_ENCODING);
        assert_true(is_zero(&footer, sizeof footer));
        return;
    }
    if (footer.reset_address != 0)
        assert_int_equal(footer.reset_address, sevl_get32(known->reset_address));
    if (!is_zero(&footer.hash_table, sizeof footer.hash_table)) {
        assert_int_equal(footer.hash_table.base, sevl_get32(known->hash_table));
        assert_int_equal(footer.hash_table.size, sevl_get32(known->hash_table + 4));
    }
    if (!is_zero(&footer.secret, sizeof footer.secret)) {
        assert_int_equal(footer.secret.base, sevl_get32(known->secret));
        assert_int_equal(footer.secret.size, sevl_get32(known->secret + 4));
    }
}

static void any_changed_byte_is_read_or_refused(void **state)
{
    (void)state;
    struct known known;
    make_known(&known, 40);
    for (size_t at = 0; at < known.image.size; at++) {
        uint8_t byte = known.image.bytes[at];
        for (int value = 0; value < 256; value++) {
            known.image.bytes[at] = (uint8_t)value;
            assert_consistent(&known);
        }
        known.image.bytes[at] = byte;
    }
}

static void any_changed_pair_of_bytes_is_read_or_refused(void **state)
{
    (void)state;
    static const uint8_t values[] = {0, 1, 17, 18, 19, 22, 26, 44, 127, 128, 254, 255};
    struct known known;
    make_known(&known, 40);
    struct image good = known.image;
    for (size_t first = 0; first < good.size; first++)
        for (size_t second = first + 1; second < good.size; second++)
            for (size_t v = 0; v < sizeof values * sizeof values; v++) {
                known.image.bytes[first] = values[v % sizeof values];
                known.image.bytes[second] = values[v / sizeof values];
                assert_consistent(&known);
                known.image.bytes[first] = good.bytes[first];
                known.image.bytes[second] = good.bytes[second];
            }
}

static struct sevl_ovmf_footer read_file(const char *name)
{
    static uint8_t piece[4000];
    struct sevl_ovmf_tail tail = new_tail();
    struct sevl_ovmf_footer footer;
    size_t got;
    FILE *file = fopen(name, "rb");
    if (file == NULL)
        fail_msg("%s: not there; Debian's package ovmf has it", name);
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        sevl_ovmf_tail_update(&tail, piece, got);
    assert_false(ferror(file));
    (void)fclose(file);
    assert_int_equal(sevl_ovmf_footer_read(&footer, &tail), SEVL_OK);
    return footer;
}

/* They are not built for kernel hashes or secrets: both entries hold zeros. Debian 13's
 * OVMF_CODE_4M.fd starts its CPUs where OVMF.fd does. */
static void debians_images_are_read(void **state)
{
    (void)state;
    struct sevl_ovmf_footer whole = read_file("/usr/share/ovmf/OVMF.fd");
    struct sevl_ovmf_footer code = read_file("/usr/share/OVMF/OVMF_CODE_4M.fd");
    struct sevl_ovmf_footer expected = {.reset_address = 0x80b004};
    assert_memory_equal(&whole, &expected, sizeof whole);
    if (code.reset_address != expected.reset_address)
        expected.reset_address = 0x808004;
    assert_memory_equal(&code, &expected, sizeof code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_of_every_size_keep_the_same_tail),
        cmocka_unit_test(every_split_keeps_the_same_tail),
        cmocka_unit_test(an_empty_update_needs_no_data),
        cmocka_unit_test(each_entry_is_read_into_its_field),
        cmocka_unit_test(entries_stand_in_any_order),
        cmocka_unit_test(numbers_have_all_their_bits),
        cmocka_unit_test(areas_of_zeros_are_as_absent_ones),
        cmocka_unit_test(a_table_without_entries_is_one),
        cmocka_unit_test(unknown_entries_are_skipped),
        cmocka_unit_test(other_images_have_no_table),
        cmocka_unit_test(a_cut_off_table_is_absent),
        cmocka_unit_test(the_footer_counts_what_is_there),
        cmocka_unit_test(an_entry_counts_what_is_there),
        cmocka_unit_test(an_entry_has_the_size_of_its_kind),
        cmocka_unit_test(twice_the_same_entry_is_an_error),
        cmocka_unit_test(a_rest_of_the_table_is_an_error),
        cmocka_unit_test(a_table_has_992_bytes_at_most),
        cmocka_unit_test(any_changed_byte_is_read_or_refused),
        cmocka_unit_test(any_changed_pair_of_bytes_is_read_or_refused),
        cmocka_unit_test(debians_images_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
