/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/result.h>

#include "support.h"

static const uint32_t values[] = {
    SEVL_OK,
    SEVL_MATCH,
    SEVL_MISMATCH,
    SEVL_ERROR_STATE,
    SEVL_ERROR_ENCODING,
    SEVL_ERROR_LENGTH,
    SEVL_ERROR_CRYPTO,
    SEVL_ERROR_ABSENT,
    SEVL_ERROR_DUPLICATE,
    SEVL_UNTRUSTED,
    SEVL_REVOKED,
    SEVL_ERROR_RANDOM,
    0,
    1,
    UINT32_MAX,
};

static void any_two_results_are_12_bits_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < 12; i++)
        for (size_t j = 0; j < sizeof values / sizeof *values; j++)
            if (i != j)
                assert_true(__builtin_popcount(values[i] ^ values[j]) >= 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_two_results_are_12_bits_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
