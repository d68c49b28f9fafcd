/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/diagnose.h>
#include <string.h>

#include "support.h"

static const char text[] = "console=ttyS0 root=/dev/vda1";

static void hash(const char *bytes, size_t size, uint8_t result[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 digest;
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&digest, bytes, size), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&digest, result), SEVL_OK);
}

static void init(struct sevl_cmdline *cmdline)
{
    memset(cmdline, 0xff, sizeof *cmdline);
    assert_int_equal(sevl_cmdline_init(cmdline), SEVL_OK);
}

/* The hash of the first `size` characters and a NUL. */
static void assert_hash(const struct sevl_cmdline *cmdline, size_t size)
{
    char ended[sizeof text] = "";
    uint8_t expected[SEVL_SHA256_SIZE];
    uint8_t got[SEVL_SHA256_SIZE];
    memcpy(ended, text, size);
    hash(ended, size + 1, expected);
    assert_int_equal(sevl_cmdline_hash(cmdline, got), SEVL_OK);
    assert_memory_equal(got, expected, sizeof got);
}

static void a_nul_ends_every_length(void **state)
{
    (void)state;
    for (size_t size = 0; size < sizeof text; size++) {
        struct sevl_cmdline cmdline;
        init(&cmdline);
        assert_int_equal(sevl_cmdline_update(&cmdline, text, size), SEVL_OK);
        assert_hash(&cmdline, size);
        assert_int_equal(cmdline.has_last, size > 0);
        assert_int_equal(cmdline.last, size > 0 ? text[size - 1] : 0);
    }
}

/* A hash that is taken in between changes nothing, nor does an empty piece. */
static void pieces_make_the_whole(void **state)
{
    (void)state;
    for (size_t first = 0; first < sizeof text; first++) {
        struct sevl_cmdline cmdline;
        init(&cmdline);
        assert_int_equal(sevl_cmdline_update(&cmdline, text, first), SEVL_OK);
        assert_hash(&cmdline, first);
        assert_int_equal(sevl_cmdline_update(&cmdline, text, 0), SEVL_OK);
        assert_hash(&cmdline, first);
        assert_int_equal(sevl_cmdline_update(&cmdline, text + first, sizeof text - 1 - first),
                         SEVL_OK);
        assert_hash(&cmdline, sizeof text - 1);
    }
}

static void a_line_that_was_never_begun_fails(void **state)
{
    (void)state;
    struct sevl_cmdline cmdline = {.last = 'x', .has_last = true};
    uint8_t result[SEVL_SHA256_SIZE] = {1};
    assert_int_equal(sevl_cmdline_hash(&cmdline, result), SEVL_ERROR_STATE);
    assert_true(is_zero(result, sizeof result));
    assert_int_equal(sevl_cmdline_update(&cmdline, "", 0), SEVL_ERROR_STATE);
    assert_true(is_zero(&cmdline, sizeof cmdline));
    assert_int_equal(sevl_cmdline_update(&cmdline, text, 2), SEVL_ERROR_STATE);
    assert_true(is_zero(&cmdline, sizeof cmdline));
    assert_int_equal(sevl_cmdline_hash(&cmdline, result), SEVL_ERROR_STATE);
}

/* Which call fails: the first one, or one that appends to a first piece. */
static void what_failed_is_wiped(void **state)
{
    (void)state;
    uint8_t result[SEVL_SHA256_SIZE];
    struct sevl_cmdline cmdline;
    memset(&cmdline, 0xff, sizeof cmdline);
    fail_crypto_call(1);
    assert_int_equal(sevl_cmdline_init(&cmdline), SEVL_ERROR_CRYPTO);
    assert_true(is_zero(&cmdline, sizeof cmdline));
    for (int n = 1; n <= 2; n++) { /* of the last byte, and of what follows it */
        fail_crypto_call(0);
        init(&cmdline);
        assert_int_equal(sevl_cmdline_update(&cmdline, text, 4), SEVL_OK);
        fail_crypto_call(n);
        assert_int_equal(sevl_cmdline_update(&cmdline, text + 4, 5), SEVL_ERROR_CRYPTO);
        fail_crypto_call(0);
        assert_true(is_zero(&cmdline, sizeof cmdline));
        assert_int_equal(sevl_cmdline_update(&cmdline, text, 1), SEVL_ERROR_STATE);
        assert_int_equal(sevl_cmdline_hash(&cmdline, result), SEVL_ERROR_STATE);
        assert_true(is_zero(&cmdline, sizeof cmdline));
    }
}

/* Returns the count of calls of Mbed TLS if none of them failed. */
static int run(struct sevl_cmdline *cmdline, uint8_t result[SEVL_SHA256_SIZE])
{
    bool failed = sevl_cmdline_init(cmdline) != SEVL_OK;
    failed = sevl_cmdline_update(cmdline, text, 4) != SEVL_OK || failed;
    failed = sevl_cmdline_update(cmdline, text + 4, 5) != SEVL_OK || failed;
    failed = sevl_cmdline_hash(cmdline, result) != SEVL_OK || failed;
    return failed ? 0 : crypto_calls();
}

static void a_failure_anywhere_is_told(void **state)
{
    (void)state;
    struct sevl_cmdline cmdline;
    uint8_t result[SEVL_SHA256_SIZE];
    fail_crypto_call(0);
    int calls = run(&cmdline, result);
    assert_in_range(calls, 5, 8);
    for (int n = 1; n <= calls; n++) {
        memset(result, 1, sizeof result);
        fail_crypto_call(n);
        assert_int_equal(run(&cmdline, result), 0);
        assert_true(is_zero(result, sizeof result));
    }
    fail_crypto_call(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_nul_ends_every_length),
        cmocka_unit_test(pieces_make_the_whole),
        cmocka_unit_test(a_line_that_was_never_begun_fails),
        cmocka_unit_test(what_failed_is_wiped),
        cmocka_unit_test(a_failure_anywhere_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
