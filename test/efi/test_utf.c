/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Do the conversions between UTF-8 and UTF-16 accept what is valid, and nothing else? */
#include <string.h>

#include "cmocka_tests.h"
#include "utf.h"

static size_t decode_utf8(const char *bytes, size_t size, uint32_t *codes)
{
    struct utf8 utf8 = {0};
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += utf8_decode(&utf8, (unsigned char)bytes[i], codes + count);
    return count;
}

static size_t decode_utf16(const CHAR16 *units, size_t size, uint32_t *codes)
{
    struct utf16 utf16 = {0};
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += utf16_decode(&utf16, units[i], codes + count);
    return count;
}

static void test_every_code_point_survives(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10ffff; code++) {
        char bytes[4];
        CHAR16 units[2];
        uint32_t codes[8];
        if (code == 0xd800)
            code = 0xe000;
        assert_int_equal(decode_utf8(bytes, utf8_encode(code, bytes), codes), 1);
        assert_int_equal(codes[0], code);
        assert_int_equal(decode_utf16(units, utf16_encode(code, units), codes), 1);
        assert_int_equal(codes[0], code);
    }
}

static void test_known_forms(void **state)
{
    static const CHAR16 pair[] = {0xd83d, 0xde00};
    char bytes[4];
    CHAR16 units[2];
    (void)state;
    assert_int_equal(utf8_encode(0x20ac, bytes), 3);
    assert_memory_equal(bytes, "\xe2\x82\xac", 3);
    assert_int_equal(utf8_encode(UTF_MALFORMED, bytes), 3);
    assert_memory_equal(bytes, "\xef\xbf\xbd", 3);
    assert_int_equal(utf16_encode(0x1f600, units), 2);
    assert_memory_equal(units, pair, sizeof pair);
    assert_int_equal(utf16_encode(UTF_MALFORMED, units), 1);
    assert_int_equal(units[0], 0xfffd);
}

static void test_malformed_utf8(void **state)
{
    static const char *const malformed[] = {
        "\x80",             /* no first byte */
        "\xc0\xaf",         /* '/' in two bytes */
        "\xe0\x80\xaf",     /* in three */
        "\xf0\x80\x80\xaf", /* in four */
        "\xed\xa0\x80",     /* a surrogate */
        "\xf4\x90\x80\x80", /* beyond U+10FFFF */
        "\xf8\x88\x80\x80", /* no such length */
        "\xff",             /* no such byte */
    };
    (void)state;
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        uint32_t codes[16];
        CHAR16 units[16];
        assert_true(decode_utf8(malformed[i], strlen(malformed[i]), codes) >= 1);
        assert_int_equal(codes[0], UTF_MALFORMED);
        assert_false(utf8_to_utf16(malformed[i], units, 16));
    }
}

static void test_cut_utf8(void **state)
{
    uint32_t codes[8];
    CHAR16 units[8];
    (void)state;
    assert_int_equal(decode_utf8("\xe2\x82/", 3, codes), 2);
    assert_int_equal(codes[0], UTF_MALFORMED);
    assert_int_equal(codes[1], '/');
    assert_int_equal(decode_utf8("\xe2\x82", 2, codes), 0);
    assert_false(utf8_to_utf16("a\xe2\x82", units, 8));
}

static void test_lone_surrogates(void **state)
{
    static const CHAR16 high[] = {0xd83d, 'a'};
    static const CHAR16 twice[] = {0xd83d, 0xd83d, 0xde00};
    static const CHAR16 low[] = {0xde00, 'a'};
    uint32_t codes[8];
    (void)state;
    assert_int_equal(decode_utf16(high, 2, codes), 2);
    assert_int_equal(codes[0], UTF_MALFORMED);
    assert_int_equal(codes[1], 'a');
    assert_int_equal(decode_utf16(twice, 3, codes), 2);
    assert_int_equal(codes[0], UTF_MALFORMED);
    assert_int_equal(codes[1], 0x1f600);
    assert_int_equal(decode_utf16(low, 2, codes), 2);
    assert_int_equal(codes[0], UTF_MALFORMED);
    assert_int_equal(codes[1], 'a');
}

static void test_room(void **state)
{
    static const CHAR16 expected[] = {'a', 0xd83d, 0xde00, 0};
    CHAR16 units[4];
    (void)state;
    assert_true(utf8_to_utf16("a\xf0\x9f\x98\x80", units, 4));
    assert_memory_equal(units, expected, sizeof expected);
    assert_false(utf8_to_utf16("a\xf0\x9f\x98\x80", units, 3));
    assert_true(utf8_to_utf16("", units, 1));
    assert_int_equal(units[0], 0);
    assert_false(utf8_to_utf16("a", units, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_point_survives),
        cmocka_unit_test(test_known_forms),
        cmocka_unit_test(test_malformed_utf8),
        cmocka_unit_test(test_cut_utf8),
        cmocka_unit_test(test_lone_surrogates),
        cmocka_unit_test(test_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
