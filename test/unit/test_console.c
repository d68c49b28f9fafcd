/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A line shows names as they are, but replaces what would change how a terminal looks. */
#include "cli/console.h"

#include <string.h>

#include "cli/text.h"
#include "support.h"

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);

static char said[1024];
static size_t said_length;
static int failing; /* the n-th print from now on */

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    assert_int_equal(stream, PORT_ERR);
    assert_true(said_length + length < sizeof said);
    memcpy(said + said_length, text, length);
    said_length += length;
    said[said_length] = '\0';
    return --failing != 0;
}

static void assert_shown(const char *text, const char *expected)
{
    char line[256];
    said_length = 0;
    failing = 0;
    assert_true(cli_line(PORT_ERR, "<", text, ">"));
    assert_in_range(strlen(expected), 0, 200);
    strcpy(line, "<");
    strcat(strcat(line, expected), ">\n");
    assert_string_equal(said, line);
}

static void assert_hidden(const char *text, size_t marks)
{
    char expected[16];
    memset(expected, '?', marks);
    expected[marks] = '\0';
    assert_shown(text, expected);
}

static void well_formed_characters_are_shown(void **state)
{
    (void)state;
    static const char *const shown[] = {
        " ",
        "~",
        "\xc2\xa0",         /* U+00A0 */
        "\xdf\xbf",         /* U+07FF */
        "\xe0\xa0\x80",     /* U+0800 */
        "\xd8\x9b",         /* U+061B */
        "\xd8\x9d",         /* U+061D */
        "\xe2\x80\x8a",     /* U+200A */
        "\xe2\x80\x90",     /* U+2010 */
        "\xe2\x80\xa7",     /* U+2027 */
        "\xe2\x80\xaf",     /* U+202F */
        "\xe2\x81\x9f",     /* U+205F */
        "\xe2\x81\xb0",     /* U+2070 */
        "\xed\x9f\xbf",     /* U+D7FF */
        "\xee\x80\x80",     /* U+E000 */
        "\xef\xbb\xbe",     /* U+FEFE */
        "\xef\xbc\x80",     /* U+FF00 */
        "\xef\xbf\xbf",     /* U+FFFF */
        "\xf0\x90\x80\x80", /* U+10000 */
        "\xf3\x9f\xbf\xbf", /* U+DFFFF */
        "\xf3\xa0\x82\x80", /* U+E0080 */
        "\xf4\x8f\xbf\xbf", /* U+10FFFF */
        "path/\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf",
    };
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        assert_shown(shown[i], shown[i]);
}

static void what_controls_a_terminal_is_not(void **state)
{
    (void)state;
    assert_hidden("\x1f", 1);
    assert_hidden("\x7f", 1);
    assert_hidden("\xc2\x80", 2); /* U+0080 */
    assert_hidden("\xc2\x9f", 2); /* U+009F */
}

static void what_turns_text_or_is_not_seen_is_not(void **state)
{
    (void)state;
    static const char *const hidden[] = {
        "\xd8\x9c",         /* U+061C */
        "\xe2\x80\x8b",     /* U+200B */
        "\xe2\x80\x8e",     /* U+200E */
        "\xe2\x80\x8f",     /* U+200F */
        "\xe2\x80\xa8",     /* U+2028 */
        "\xe2\x80\xa9",     /* U+2029 */
        "\xe2\x80\xaa",     /* U+202A */
        "\xe2\x80\xae",     /* U+202E */
        "\xe2\x81\xa0",     /* U+2060 */
        "\xe2\x81\xa6",     /* U+2066 */
        "\xe2\x81\xa9",     /* U+2069 */
        "\xe2\x81\xaf",     /* U+206F */
        "\xef\xbb\xbf",     /* U+FEFF */
        "\xf3\xa0\x80\x80", /* U+E0000 */
        "\xf3\xa0\x81\xbf", /* U+E007F */
    };
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        assert_hidden(hidden[i], strlen(hidden[i]));
}

static void what_is_ill_formed_is_not(void **state)
{
    (void)state;
    assert_hidden("\x80", 1);
    assert_hidden("\xbf", 1);
    assert_hidden("\xc1\xbf", 2);         /* too long for U+007F */
    assert_hidden("\xc2", 1);             /* cut short */
    assert_hidden("\xe0\x9f\xbf", 3);     /* too long for U+07FF */
    assert_hidden("\xed\xa0\x80", 3);     /* U+D800 */
    assert_hidden("\xed\xbf\xbf", 3);     /* U+DFFF */
    assert_hidden("\xf0\x8f\xbf\xbf", 4); /* too long for U+FFFF */
    assert_hidden("\xf4\x90\x80\x80", 4); /* U+110000 */
    assert_hidden("\xff", 1);
    assert_shown("\xe2\x80x", "??x");
}

/* 0xf5 to 0xff, though their low bits may be those of one. */
static void what_begins_no_character_is_not(void **state)
{
    (void)state;
    for (int first = 0xf5; first <= 0xff; first++) {
        const char text[] = {(char)first, '\x90', '\x80', '\x80', '\0'};
        assert_hidden(text, 4);
    }
}

/* In pieces: a failure of any piece counts. */
static void a_lost_piece_is_told(void **state)
{
    (void)state;
    char text[700];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (int n = 0; n <= 4; n++) {
        said_length = 0;
        failing = n;
        assert_int_equal(cli_line(PORT_ERR, text), n == 0 || n == 4);
        assert_int_equal(said_length, sizeof text);
    }
}

static void a_start_ends_with_its_text(void **state)
{
    (void)state;
    assert_true(text_begins("ab", "a", 1));
    assert_true(text_begins("ab", "ab", 2));
    assert_false(text_begins("a", "ab", 2));
    assert_false(text_begins("a", "a\0b", 3));
    assert_false(text_begins("", "", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_characters_are_shown),
        cmocka_unit_test(what_controls_a_terminal_is_not),
        cmocka_unit_test(what_turns_text_or_is_not_seen_is_not),
        cmocka_unit_test(what_is_ill_formed_is_not),
        cmocka_unit_test(what_begins_no_character_is_not),
        cmocka_unit_test(a_lost_piece_is_told),
        cmocka_unit_test(a_start_ends_with_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
