/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/self_test.h>

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

/* A hash that takes in nothing computes wrong values without any error. */
static void it_fails_when_hashes_are_wrong(void **state)
{
    (void)state;
    fail_crypto_call(0);
    skip_updates(true);
    assert_int_equal(sevl_self_test(), SEVL_ERROR_CRYPTO);
    skip_updates(false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_passes),
        cmocka_unit_test(it_fails_when_any_call_fails),
        cmocka_unit_test(it_fails_when_hashes_are_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
