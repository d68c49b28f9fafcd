/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "support.h"

#include <console.h>
#include <string.h>

static char printed[64];

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    (void)stream;
    assert_true(length < sizeof printed);
    memcpy(printed, text, length);
    printed[length] = '\0';
    return true;
}

static void assert_shown(const char *text, const char *expected)
{
    assert_true(console_line(PORT_ERR, text));
    assert_string_equal(printed, expected);
}

static void shows_text_as_it_is(void **state)
{
    (void)state;
    assert_shown("path/\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf",
                 "path/\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\n");
}

/* 0xf5 to 0xff begin no character, though their low bits may be those of one. */
static void hides_bytes_that_begin_no_character(void **state)
{
    (void)state;
    for (int first = 0xf5; first <= 0xff; first++) {
        const char text[] = {(char)first, '\x90', '\x80', '\x80', '\0'};
        assert_shown(text, "????\n");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_text_as_it_is),
        cmocka_unit_test(hides_bytes_that_begin_no_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
