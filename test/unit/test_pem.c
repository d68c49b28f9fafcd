/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "pem.h"
#include "support.h"

#define CAPACITY 6

static struct pem pem;
static char label[8];
static uint8_t der[CAPACITY];
static size_t size;

static enum pem_result take_next(void)
{
    return pem_take(&pem, label, sizeof label, der, sizeof der, &size);
}

static enum pem_result take_first(const char *text)
{
    pem = (struct pem){text, strlen(text)};
    return take_next();
}

static void blocks_are_taken_in_turn(void **state)
{
    (void)state;
    assert_int_equal(take_first("of whom\n"
                                "-----BEGIN KEY-----\nAQID\r\n\tB AU=\n-----END KEY-----\n"
                                "-----BEGIN A LABEL-----\nBg==\n-----END A LABEL-----\n"
                                "-----BEGIN -----\n-----END -----"),
                     PEM_TAKEN);
    assert_string_equal(label, "KEY");
    assert_int_equal(size, 5);
    assert_memory_equal(der, "\1\2\3\4\5", 5);
    assert_int_equal(take_next(), PEM_TAKEN);
    assert_string_equal(label, "A LABEL");
    assert_int_equal(size, 1);
    assert_int_equal(der[0], 6);
    assert_int_equal(take_next(), PEM_TAKEN);
    assert_string_equal(label, "");
    assert_int_equal(size, 0);
    assert_int_equal(take_next(), PEM_END);
}

static void what_is_no_block_is_refused(void **state)
{
    static const char *const texts[] = {
        "-----BEGIN KEY-----\nAQID",
        "-----BEGIN KEY-----\nAQI\n-----END KEY-----",
        "-----BEGIN KEY-----\nAQI*\n-----END KEY-----",
        "-----BEGIN KEY-----\nAQ==AQID\n-----END KEY-----",
        "-----BEGIN KEY-----\nAQIDAQIDAQ==\n-----END KEY-----",
        "-----BEGIN KEY-----\nAQID\n----- END KEY-----",
        "-----BEGIN KEY-----\nAQID\n-----END KEX-----",
        "-----BEGIN KEY-----\nAQID\n-----END KEY----+",
        "-----BEGIN KEY-----\nAQID\n-----END KEY----",
        "-----BEGIN KEY----",
        "-----BEGIN 8 LETTER-----\nAQID\n-----END 8 LETTER-----",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(take_first(texts[i]), PEM_MALFORMED);
    static const char nul[] = "-----BEGIN KEY\0-----\nAQID\n-----END KEY-----";
    pem = (struct pem){nul, sizeof nul - 1};
    assert_int_equal(take_next(), PEM_MALFORMED);
    assert_int_equal(take_first("-----BEGIN"), PEM_END);
    assert_int_equal(take_first(""), PEM_END);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_taken_in_turn),
        cmocka_unit_test(what_is_no_block_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
