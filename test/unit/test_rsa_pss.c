/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "amd_rsa.h"
#include "crypto/rsa_pss.h"
#include "support.h"

#define RSA_ANSWERS (sizeof rsa_answers / sizeof *rsa_answers)

static struct sevl_rsa_pss memory;

/* What is in the memory before makes no difference. */
static enum sevl_result verify_rsa(const uint8_t *modulus, const uint8_t *hash,
                                   const uint8_t *signature)
{
    const struct sevl_rsa_keys keys = sevl_rsa_4096();
    memset(&memory, 0xa5, sizeof memory);
    return sevl_rsa_pss_verify(&memory, &keys, modulus, hash, signature);
}

static void signatures_are_those_of_the_model(void **state)
{
    (void)state;
    for (size_t i = 0; i < RSA_ANSWERS; i++) {
        const struct known_rsa *known = &rsa_answers[i];
        enum sevl_result result = verify_rsa(rsa_modulus, known->hash, known->signature);
        if (result != known->result)
            fail_msg("%s", known->what);
    }
}

static void every_part_of_a_signature_counts(void **state)
{
    (void)state;
    const struct known_rsa *known = &rsa_answers[0];
    uint8_t modulus[SEVL_RSA_SIZE];
    uint8_t hash[SEVL_SHA384_SIZE];
    uint8_t signature[SEVL_RSA_SIZE];
    memcpy(modulus, rsa_modulus, sizeof modulus);
    memcpy(hash, known->hash, sizeof hash);
    memcpy(signature, known->signature, sizeof signature);
    assert_int_equal(verify_rsa(modulus, hash, signature), SEVL_MATCH);
    for (size_t i = 0; i < sizeof hash; i++) {
        hash[i] ^= 1;
        assert_int_equal(verify_rsa(modulus, hash, signature), SEVL_MISMATCH);
        hash[i] ^= 1;
    }
    for (size_t bit = 0; bit < 8 * sizeof signature; bit += 37) {
        signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(verify_rsa(modulus, hash, signature), SEVL_MISMATCH);
        signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t bit = 9; bit < 8 * sizeof modulus - 8; bit += 41) {
        modulus[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(verify_rsa(modulus, hash, signature), SEVL_MISMATCH);
        modulus[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void a_modulus_has_4096_bits_and_is_odd(void **state)
{
    (void)state;
    const struct known_rsa *known = &rsa_answers[0];
    uint8_t modulus[SEVL_RSA_SIZE];
    memcpy(modulus, rsa_modulus, sizeof modulus);
    modulus[0] &= 0x7f;
    assert_int_equal(verify_rsa(modulus, known->hash, known->signature), SEVL_ERROR_ENCODING);
    memcpy(modulus, rsa_modulus, sizeof modulus);
    modulus[SEVL_RSA_SIZE - 1] ^= 1;
    assert_int_equal(verify_rsa(modulus, known->hash, known->signature), SEVL_ERROR_ENCODING);
}

static void hashes_that_fail_are_no_verdict(void **state)
{
    (void)state;
    const struct known_rsa *known = &rsa_answers[0];
    fail_crypto_call(0);
    assert_int_equal(verify_rsa(rsa_modulus, known->hash, known->signature), SEVL_MATCH);
    int calls = crypto_calls();
    assert_true(calls > 0);
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(verify_rsa(rsa_modulus, known->hash, known->signature), SEVL_ERROR_CRYPTO);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_are_those_of_the_model),
        cmocka_unit_test(every_part_of_a_signature_counts),
        cmocka_unit_test(a_modulus_has_4096_bits_and_is_odd),
        cmocka_unit_test_setup(hashes_that_fail_are_no_verdict, no_faults),
    };
    return cmocka_run_group_tests(tests, no_faults, NULL);
}
