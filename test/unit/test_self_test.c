/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/self_test.h>

#include "sev/vectors.h"
#include "support.h"

static void it_passes(void **state)
{
    (void)state;
    fail_crypto_call(0);
    assert_int_equal(sevl_self_test(), SEVL_OK);
}

static void it_fails_when_any_call_fails(void **state)
{
    (void)state;
    fail_crypto_call(0);
    assert_int_equal(sevl_self_test(), SEVL_OK);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(sevl_self_test(), SEVL_ERROR_CRYPTO);
    }
}

/* A hash that ignores its input computes wrong values, but reports no error. */
static void it_fails_when_hashes_are_wrong(void **state)
{
    (void)state;
    fail_crypto_call(0);
    skip_hashing(true);
    assert_int_equal(sevl_self_test(), SEVL_ERROR_CRYPTO);
    skip_hashing(false);
}

static size_t updates_of_a_verdict(void)
{
    const struct sevl_vector *vector = &sevl_vectors[0];
    size_t updates = 0;
    fail_crypto_call(0);
    assert_int_equal(sevl_measurement_verify(vector->tik, &vector->launch, vector->launch_digest,
                                             &vector->reported),
                     SEVL_MATCH);
    for (int n = 1; n <= crypto_calls(); n++)
        updates += crypto_kind(n) == KIND_UPDATE;
    return updates;
}

/* Except for the verdict on a forged measurement, which is the same with any other hash. */
static void it_fails_when_any_hash_is_wrong(void **state)
{
    (void)state;
    size_t missed = 0;
    fail_crypto_call(0);
    assert_int_equal(sevl_self_test(), SEVL_OK);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        skip_update(n);
        bool passes = sevl_self_test() == SEVL_OK;
        missed += passes && crypto_kind(n) == KIND_UPDATE;
    }
    skip_update(0);
    assert_int_equal(missed, updates_of_a_verdict() * (sizeof sevl_vectors / sizeof *sevl_vectors));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_passes),
        cmocka_unit_test(it_fails_when_any_call_fails),
        cmocka_unit_test(it_fails_when_hashes_are_wrong),
        cmocka_unit_test(it_fails_when_any_hash_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
