/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "base/guid_bytes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "tables.h"

#define GUIDS (sizeof guids / sizeof *guids)

/* Without a NUL after it: AddressSanitizer sees a read of one byte too many. */
static void assert_refused(const char *text, size_t length)
{
    struct sevl_guid guid;
    char *copy = malloc(length);
    assert_non_null(copy);
    memcpy(copy, text, length);
    memset(&guid, 0xff, sizeof guid);
    assert_int_equal(sevl_guid_from_text(&guid, copy, length), SEVL_ERROR_ENCODING);
    assert_true(is_zero(&guid, sizeof guid));
    free(copy);
}

static void assert_reads(const char text[SEVL_GUID_TEXT_LENGTH], const uint8_t expected[16])
{
    struct sevl_guid guid;
    memset(&guid, 0xff, sizeof guid);
    assert_int_equal(sevl_guid_from_text(&guid, text, SEVL_GUID_TEXT_LENGTH), SEVL_OK);
    assert_memory_equal(guid.bytes, expected, 16);
    assert_true(sevl_guid_equal(&guid, expected));
}

static void bytes_are_those_of_efi(void **state)
{
    (void)state;
    for (size_t g = 0; g < GUIDS; g++)
        assert_reads(guids[g].text, guids[g].bytes);
}

static void digits_are_read_in_either_case(void **state)
{
    (void)state;
    for (size_t g = 0; g < GUIDS; g++)
        for (size_t first = 0; first < 2; first++) {
            char text[SEVL_GUID_TEXT_LENGTH];
            memcpy(text, guids[g].text, sizeof text);
            for (size_t i = first; i < sizeof text; i += 2)
                text[i] = (char)toupper(text[i]);
            assert_reads(text, guids[g].bytes);
        }
}

static void constants_in_the_code_are_the_same_bytes(void **state)
{
    (void)state;
    const struct sevl_guid luks_key =
        SEVL_GUID(0x736869e5, 0x84f0, 0x4973, 0x92, 0xec, 0x06, 0x87, 0x9c, 0xe3, 0xda, 0x0b);
    assert_memory_equal(luks_key.bytes, guids[LUKS_KEY].bytes, 16);
}

static void other_lengths_are_refused(void **state)
{
    (void)state;
    char text[2 * SEVL_GUID_TEXT_LENGTH + 1];
    memcpy(text, guids[COUNTING].text, SEVL_GUID_TEXT_LENGTH);
    memcpy(text + SEVL_GUID_TEXT_LENGTH, guids[COUNTING].text, SEVL_GUID_TEXT_LENGTH);
    for (size_t length = 0; length < sizeof text - 1; length++)
        if (length != SEVL_GUID_TEXT_LENGTH)
            assert_refused(text, length);
}

static bool fits(size_t at, int c)
{
    if (at == 8 || at == 13 || at == 18 || at == 23)
        return c == '-';
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Every byte at every place: dashes among the digits, digits for dashes and the rest. */
static void other_characters_are_refused_everywhere(void **state)
{
    (void)state;
    for (size_t at = 0; at < SEVL_GUID_TEXT_LENGTH; at++)
        for (int c = 0; c < 256; c++) {
            struct sevl_guid guid;
            char text[SEVL_GUID_TEXT_LENGTH];
            memcpy(text, guids[COUNTING].text, sizeof text);
            text[at] = (char)c;
            if (!fits(at, c))
                assert_refused(text, sizeof text);
            else
                assert_int_equal(sevl_guid_from_text(&guid, text, sizeof text), SEVL_OK);
        }
}

static void other_forms_are_refused(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "{736869e5-84f0-4973-92ec-06879ce3da0b}", "736869e584f0497392ec06879ce3da0b",
        "{736869e5-84f0-4973-92ec-06879ce3da0}",  " 736869e5-84f0-4973-92ec-06879ce3da0",
        "736869e5-84f0-4973-92ec-06879ce3da0\n",  "736869e58-4f0-4973-92ec-06879ce3da0b",
        "0x6869e5-84f0-4973-92ec-06879ce3da0b",   "luks-key",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        assert_refused(forms[i], strlen(forms[i]));
}

static void every_bit_tells_guids_apart(void **state)
{
    (void)state;
    struct sevl_guid guid;
    uint8_t other[SEVL_GUID_SIZE];
    memcpy(guid.bytes, guids[COUNTING].bytes, sizeof guid.bytes);
    for (size_t bit = 0; bit < 8 * sizeof other; bit++) {
        memcpy(other, guid.bytes, sizeof other);
        other[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(sevl_guid_equal(&guid, other));
    }
}

static void text_is_written_as_it_was_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"736869e5-84f0-4973-92ec-06879ce3da0b",
                                        "00112233-4455-6677-8899-aabbccddeeff"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct sevl_guid guid;
        char text[SEVL_GUID_TEXT_LENGTH + 1];
        assert_int_equal(sevl_guid_from_text(&guid, texts[i], SEVL_GUID_TEXT_LENGTH), SEVL_OK);
        sevl_guid_to_text(guid.bytes, text);
        assert_string_equal(text, texts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_those_of_efi),
        cmocka_unit_test(digits_are_read_in_either_case),
        cmocka_unit_test(constants_in_the_code_are_the_same_bytes),
        cmocka_unit_test(other_lengths_are_refused),
        cmocka_unit_test(other_characters_are_refused_everywhere),
        cmocka_unit_test(other_forms_are_refused),
        cmocka_unit_test(every_bit_tells_guids_apart),
        cmocka_unit_test(text_is_written_as_it_was_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
