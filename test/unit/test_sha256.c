/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sha256.h>
#include <string.h>

#include "sev/vectors.h"
#include "support.h"

#define VECTORS (sizeof sevl_vectors / sizeof *sevl_vectors)
#define LONGEST 1000

static size_t make_firmware(uint8_t firmware[LONGEST], const struct sevl_vector *vector)
{
    for (size_t i = 0; i < vector->size; i++)
        firmware[i] = (uint8_t)(vector->seed + 7 * i);
    return vector->size;
}

static void assert_finishes(struct sevl_sha256 *digest, const uint8_t expected[SEVL_SHA256_SIZE])
{
    uint8_t hash[SEVL_SHA256_SIZE];
    assert_int_equal(sevl_sha256_finish(digest, hash), SEVL_OK);
    assert_memory_equal(hash, expected, sizeof hash);
    assert_true(is_zero(digest, sizeof *digest));
}

/* In two pieces, split at every offset, including the empty pieces at both ends. */
static void every_split_gives_the_same_digest(void **state)
{
    (void)state;
    uint8_t firmware[LONGEST];
    for (size_t v = 0; v < VECTORS; v++) {
        size_t size = make_firmware(firmware, &sevl_vectors[v]);
        for (size_t split = 0; split <= size; split++) {
            struct sevl_sha256 digest;
            assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
            assert_int_equal(sevl_sha256_update(&digest, firmware, split), SEVL_OK);
            assert_int_equal(sevl_sha256_update(&digest, firmware + split, size - split), SEVL_OK);
            assert_finishes(&digest, sevl_vectors[v].launch_digest);
        }
    }
}

/* In equal pieces of every size. */
static void every_piece_size_gives_the_same_digest(void **state)
{
    (void)state;
    uint8_t firmware[LONGEST];
    const struct sevl_vector *vector = &sevl_vectors[VECTORS - 1];
    size_t size = make_firmware(firmware, vector);
    for (size_t piece = 1; piece <= size; piece++) {
        struct sevl_sha256 digest;
        assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
        for (size_t at = 0; at < size; at += piece)
            assert_int_equal(sevl_sha256_update(&digest, firmware + at,
                                                size - at < piece ? size - at : piece),
                             SEVL_OK);
        assert_finishes(&digest, vector->launch_digest);
    }
}

static void an_empty_update_needs_no_data(void **state)
{
    (void)state;
    struct sevl_sha256 digest;
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&digest, NULL, 0), SEVL_OK);
    assert_finishes(&digest, sevl_vectors[0].launch_digest);
}

static void a_context_may_be_moved_and_forked(void **state)
{
    (void)state;
    uint8_t firmware[LONGEST];
    const struct sevl_vector *vector = &sevl_vectors[VECTORS - 1];
    size_t size = make_firmware(firmware, vector);
    struct sevl_sha256 first;
    assert_int_equal(sevl_sha256_init(&first), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&first, firmware, 100), SEVL_OK);

    struct sevl_sha256 moved = first;
    struct sevl_sha256 forked = first;
    memset(&first, 0xff, sizeof first);
    assert_int_equal(sevl_sha256_update(&forked, "other", 5), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&moved, firmware + 100, size - 100), SEVL_OK);
    assert_finishes(&moved, vector->launch_digest);
}

static void assert_is_dead(struct sevl_sha256 *digest)
{
    uint8_t hash[SEVL_SHA256_SIZE];
    struct sevl_sha256 copy = *digest;
    assert_int_equal(sevl_sha256_update(digest, "x", 1), SEVL_ERROR_STATE);
    assert_int_equal(sevl_sha256_update(digest, NULL, 0), SEVL_ERROR_STATE);
    assert_int_equal(sevl_sha256_finish(digest, hash), SEVL_ERROR_STATE);
    assert_true(is_zero(hash, sizeof hash));
    assert_true(is_zero(digest, sizeof *digest));

    memset(hash, 0xff, sizeof hash);
    assert_int_equal(sevl_sha256_finish(&copy, hash), SEVL_ERROR_STATE);
    assert_true(is_zero(hash, sizeof hash));
}

static void an_unused_finished_or_wiped_context_is_an_error(void **state)
{
    (void)state;
    struct sevl_sha256 digest;
    uint8_t hash[SEVL_SHA256_SIZE];
    memset(&digest, 0, sizeof digest);
    assert_is_dead(&digest);
    memset(&digest, 0xff, sizeof digest);
    assert_is_dead(&digest);

    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&digest, hash), SEVL_OK);
    assert_is_dead(&digest);

    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    sevl_sha256_wipe(&digest);
    assert_true(is_zero(&digest, sizeof digest));
    assert_is_dead(&digest);
}

static void a_context_can_be_initialised_again(void **state)
{
    (void)state;
    struct sevl_sha256 digest;
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&digest, "x", 1), SEVL_OK);
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_finishes(&digest, sevl_vectors[0].launch_digest);
}

static void a_failing_init_leaves_a_dead_context(void **state)
{
    (void)state;
    struct sevl_sha256 digest;
    fail_crypto_call(1);
    assert_int_equal(sevl_sha256_init(&digest), SEVL_ERROR_CRYPTO);
    assert_true(is_zero(&digest, sizeof digest));
    assert_is_dead(&digest);
}

static void a_failing_update_is_sticky(void **state)
{
    (void)state;
    struct sevl_sha256 digest;
    fail_crypto_call(2);
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&digest, "x", 1), SEVL_ERROR_CRYPTO);
    assert_true(is_zero(&digest, sizeof digest));
    assert_is_dead(&digest);
}

static void a_failing_finish_hands_out_nothing(void **state)
{
    (void)state;
    struct sevl_sha256 digest;
    uint8_t hash[SEVL_SHA256_SIZE];
    fail_crypto_call(2);
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&digest, hash), SEVL_ERROR_CRYPTO);
    assert_true(is_zero(hash, sizeof hash));
    assert_true(is_zero(&digest, sizeof digest));
    assert_is_dead(&digest);
}

/* Mbed TLS loses the upper bits of lengths from 4 GiB on. */
static void a_huge_update_is_handed_on_in_parts(void **state)
{
    (void)state;
#if SIZE_MAX > UINT32_MAX
    struct sevl_sha256 digest;
    uint8_t byte = 0;
    fail_crypto_call(0);
    skip_hashing(true);
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&digest, &byte, ((size_t)9 << 30) + 1), SEVL_OK);
    skip_hashing(false);
    assert_int_equal(crypto_calls(), 1 + 10);
    assert_int_equal(largest_update(), (size_t)1 << 30);
    assert_int_equal((uintptr_t)last_update(), (uintptr_t)&byte + ((size_t)9 << 30));
    sevl_sha256_wipe(&digest);
#endif
}

static void a_part_that_fails_is_the_last(void **state)
{
    (void)state;
#if SIZE_MAX > UINT32_MAX
    struct sevl_sha256 digest;
    uint8_t byte = 0;
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    fail_crypto_call(2);
    skip_hashing(true);
    assert_int_equal(sevl_sha256_update(&digest, &byte, (size_t)3 << 30), SEVL_ERROR_CRYPTO);
    skip_hashing(false);
    assert_int_equal(crypto_calls(), 2);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_split_gives_the_same_digest, no_faults),
        cmocka_unit_test_setup(every_piece_size_gives_the_same_digest, no_faults),
        cmocka_unit_test_setup(an_empty_update_needs_no_data, no_faults),
        cmocka_unit_test_setup(a_context_may_be_moved_and_forked, no_faults),
        cmocka_unit_test_setup(an_unused_finished_or_wiped_context_is_an_error, no_faults),
        cmocka_unit_test_setup(a_context_can_be_initialised_again, no_faults),
        cmocka_unit_test_setup(a_failing_init_leaves_a_dead_context, no_faults),
        cmocka_unit_test_setup(a_failing_update_is_sticky, no_faults),
        cmocka_unit_test_setup(a_failing_finish_hands_out_nothing, no_faults),
        cmocka_unit_test_setup(a_huge_update_is_handed_on_in_parts, no_faults),
        cmocka_unit_test_setup(a_part_that_fails_is_the_last, no_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
