/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sha384.h>
#include <string.h>

#include "crypto/sha384_pages.h"
#include "support.h"
#include "tables.h"

#define ANSWERS (sizeof sha384_answers / sizeof *sha384_answers)
#define LONGEST 1000

static uint8_t bytes[SEVL_SHA384_PAGES_MAX * SEVL_PAGE_SIZE];

static int number_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 167 + i / 256);
    return 0;
}

static void assert_finishes(struct sevl_sha384 *sha384, const uint8_t expected[SEVL_SHA384_SIZE])
{
    uint8_t hash[SEVL_SHA384_SIZE];
    assert_true(sevl_sha384_is_valid(sha384));
    assert_int_equal(sevl_sha384_finish(sha384, hash), SEVL_OK);
    assert_memory_equal(hash, expected, sizeof hash);
    assert_true(is_zero(sha384, sizeof *sha384));
}

/* FIPS 180-4's first example. */
static void three_letters_give_the_published_hash(void **state)
{
    (void)state;
    static const uint8_t expected[SEVL_SHA384_SIZE] = {0xcb, 0x00, 0x75, 0x3f, 0x45, 0xa3, 0x5e,
                                                       0x8b, 0xb5, 0xa0, 0x3d, 0x69, 0x9a, 0xc6,
                                                       0x50, 0x07, 0x27, 0x2c, 0x32, 0xab, 0x0e,
                                                       0xde, 0xd1, 0x63, 0x1a, 0x8b, 0x60, 0x5a,
                                                       0x43, 0xff, 0x5b, 0xed, 0x80, 0x86, 0x07,
                                                       0x2b, 0xa1, 0xe7, 0xcc, 0x23, 0x58, 0xba,
                                                       0xec, 0xa1, 0x34, 0xc8, 0x25, 0xa7};
    struct sevl_sha384 sha384;
    assert_int_equal(sevl_sha384_init(&sha384), SEVL_OK);
    assert_int_equal(sevl_sha384_update(&sha384, "abc", 3), SEVL_OK);
    assert_finishes(&sha384, expected);
}

/* In two pieces, split at every offset, including the empty pieces at both ends. */
static void every_split_gives_the_same_hash(void **state)
{
    (void)state;
    for (size_t a = 0; a < ANSWERS; a++)
        for (size_t split = 0; split <= sha384_answers[a].size; split++) {
            struct sevl_sha384 sha384;
            assert_int_equal(sevl_sha384_init(&sha384), SEVL_OK);
            assert_int_equal(sevl_sha384_update(&sha384, bytes, split), SEVL_OK);
            assert_int_equal(sevl_sha384_update(&sha384, bytes + split,
                                                sha384_answers[a].size - split),
                             SEVL_OK);
            assert_finishes(&sha384, sha384_answers[a].sha384);
        }
}

static void every_piece_size_gives_the_same_hash(void **state)
{
    (void)state;
    const struct known_sha384 *answer = &sha384_answers[ANSWERS - 1];
    assert_int_equal(answer->size, LONGEST);
    for (size_t piece = 1; piece <= LONGEST; piece++) {
        struct sevl_sha384 sha384;
        assert_int_equal(sevl_sha384_init(&sha384), SEVL_OK);
        for (size_t at = 0; at < LONGEST; at += piece)
            assert_int_equal(sevl_sha384_update(&sha384, bytes + at,
                                                LONGEST - at < piece ? LONGEST - at : piece),
                             SEVL_OK);
        assert_finishes(&sha384, answer->sha384);
    }
}

static void a_stream_may_be_moved_and_forked(void **state)
{
    (void)state;
    struct sevl_sha384 first;
    assert_int_equal(sevl_sha384_init(&first), SEVL_OK);
    assert_int_equal(sevl_sha384_update(&first, bytes, 100), SEVL_OK);
    struct sevl_sha384 moved = first;
    struct sevl_sha384 forked = first;
    memset(&first, 0xff, sizeof first);
    assert_int_equal(sevl_sha384_update(&forked, "other", 5), SEVL_OK);
    assert_int_equal(sevl_sha384_update(&moved, bytes + 100, LONGEST - 100), SEVL_OK);
    assert_finishes(&moved, sha384_answers[ANSWERS - 1].sha384);
}

static void assert_is_dead(struct sevl_sha384 *sha384)
{
    uint8_t hash[SEVL_SHA384_SIZE];
    struct sevl_sha384 copy = *sha384;
    memset(hash, 0xff, sizeof hash);
    assert_int_equal(sevl_sha384_finish(&copy, hash), SEVL_ERROR_STATE);
    assert_true(is_zero(hash, sizeof hash));
    assert_int_equal(sevl_sha384_update(sha384, "x", 1), SEVL_ERROR_STATE);
    assert_true(is_zero(sha384, sizeof *sha384));
    assert_int_equal(sevl_sha384_update(sha384, NULL, 0), SEVL_ERROR_STATE);
    assert_int_equal(sevl_sha384_finish(sha384, hash), SEVL_ERROR_STATE);
    assert_true(is_zero(sha384, sizeof *sha384));
    assert_true(sevl_sha384_is_valid(sha384));
}

static void an_unused_finished_or_wiped_stream_is_an_error(void **state)
{
    (void)state;
    struct sevl_sha384 sha384;
    memset(&sha384, 0, sizeof sha384);
    assert_is_dead(&sha384);
    memset(&sha384, 0xff, sizeof sha384);
    assert_false(sevl_sha384_is_valid(&sha384));
    assert_is_dead(&sha384);

    assert_int_equal(sevl_sha384_init(&sha384), SEVL_OK);
    assert_int_equal(sevl_sha384_update(&sha384, NULL, 0), SEVL_OK);
    assert_finishes(&sha384, sha384_answers[0].sha384);
    assert_is_dead(&sha384);

    assert_int_equal(sevl_sha384_init(&sha384), SEVL_OK);
    sevl_sha384_wipe(&sha384);
    assert_true(is_zero(&sha384, sizeof sha384));
    assert_is_dead(&sha384);
}

static void a_stream_can_be_initialised_again(void **state)
{
    (void)state;
    struct sevl_sha384 sha384;
    memset(&sha384, 0xff, sizeof sha384);
    assert_int_equal(sevl_sha384_init(&sha384), SEVL_OK);
    assert_int_equal(sevl_sha384_update(&sha384, "x", 1), SEVL_OK);
    assert_int_equal(sevl_sha384_init(&sha384), SEVL_OK);
    assert_finishes(&sha384, sha384_answers[0].sha384);
}

static void a_failing_call_closes_the_stream(void **state)
{
    (void)state;
    for (int n = 1; n <= 3; n++) {
        struct sevl_sha384 sha384;
        uint8_t hash[SEVL_SHA384_SIZE];
        fail_crypto_call(n);
        assert_int_equal(sevl_sha384_init(&sha384), n == 1 ? SEVL_ERROR_CRYPTO : SEVL_OK);
        if (n > 1)
            assert_int_equal(sevl_sha384_update(&sha384, "x", 1),
                             n == 2 ? SEVL_ERROR_CRYPTO : SEVL_OK);
        if (n > 2) {
            assert_int_equal(sevl_sha384_finish(&sha384, hash), SEVL_ERROR_CRYPTO);
            assert_true(is_zero(hash, sizeof hash));
        }
        assert_true(is_zero(&sha384, sizeof sha384));
        assert_is_dead(&sha384);
    }
}

static void each_page_has_a_hash(void **state)
{
    (void)state;
    for (size_t count = 1; count <= SEVL_SHA384_PAGES_MAX; count++) {
        uint8_t hashes[SEVL_SHA384_PAGES_MAX + 1][SEVL_SHA384_SIZE] = {{0}};
        assert_int_equal(sevl_sha384_pages(bytes, count, hashes), SEVL_OK);
        for (size_t i = 0; i < count; i++) {
            struct sevl_sha384 sha384;
            assert_int_equal(sevl_sha384_init(&sha384), SEVL_OK);
            assert_int_equal(sevl_sha384_update(&sha384, bytes + i * SEVL_PAGE_SIZE,
                                                SEVL_PAGE_SIZE),
                             SEVL_OK);
            assert_finishes(&sha384, hashes[i]);
        }
        assert_true(is_zero(hashes[count], SEVL_SHA384_SIZE));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(three_letters_give_the_published_hash, no_faults),
        cmocka_unit_test_setup(every_split_gives_the_same_hash, no_faults),
        cmocka_unit_test_setup(every_piece_size_gives_the_same_hash, no_faults),
        cmocka_unit_test_setup(a_stream_may_be_moved_and_forked, no_faults),
        cmocka_unit_test_setup(an_unused_finished_or_wiped_stream_is_an_error, no_faults),
        cmocka_unit_test_setup(a_stream_can_be_initialised_again, no_faults),
        cmocka_unit_test_setup(a_failing_call_closes_the_stream, no_faults),
        cmocka_unit_test_setup(each_page_has_a_hash, no_faults),
    };
    return cmocka_run_group_tests(tests, number_bytes, NULL);
}
