/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "amd_rsa.h"
#include "crypto/rsa_pss.h"
#include "support.h"

#define RSA_ANSWERS (sizeof rsa_answers / sizeof *rsa_answers)

static struct sevl_rsa_pss memory;

static struct sevl_rsa_keys keys_of(const struct known_rsa *known)
{
    return known->bits == 2048 ? sevl_rsa_2048() : sevl_rsa_4096();
}

/* What is in the memory before makes no difference. */
static enum sevl_result verify_rsa(const struct known_rsa *known)
{
    const struct sevl_rsa_keys keys = keys_of(known);
    memset(&memory, 0xa5, sizeof memory);
    return sevl_rsa_pss_verify(&memory, &keys, known->modulus, known->hash, known->signature);
}

static void signatures_are_those_of_the_model(void **state)
{
    (void)state;
    for (size_t i = 0; i < RSA_ANSWERS; i++) {
        const struct known_rsa *known = &rsa_answers[i];
        if (verify_rsa(known) != known->result)
            fail_msg("%u bits: %s", known->bits, known->what);
    }
}

/* Returns the first answer of keys of this size, which is right. */
static const struct known_rsa *right_answer(unsigned bits)
{
    const struct known_rsa *known = rsa_answers;
    while (known->bits != bits)
        known++;
    return known;
}

/* A signature that is right, and can be changed. */
static struct changed {
    struct known_rsa known;
    uint8_t modulus[SEVL_RSA_SIZE];
    uint8_t hash[SEVL_RSA_HASH_MAX];
    uint8_t signature[SEVL_RSA_SIZE];
} changed;

static struct changed *start_with(unsigned bits)
{
    const struct known_rsa *known = right_answer(bits);
    const struct sevl_rsa_keys keys = keys_of(known);
    memcpy(changed.modulus, known->modulus, keys.size);
    memcpy(changed.hash, known->hash, keys.hash_size);
    memcpy(changed.signature, known->signature, keys.size);
    changed.known = (struct known_rsa){NULL,         SEVL_MATCH,       bits, changed.modulus,
                                       changed.hash, changed.signature};
    assert_int_equal(verify_rsa(&changed.known), SEVL_MATCH);
    return &changed;
}

static void mismatches_with_each_bit(uint8_t *bytes, size_t first, size_t end, size_t step)
{
    for (size_t bit = first; bit < end; bit += step) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(verify_rsa(&changed.known), SEVL_MISMATCH);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static const unsigned sizes[] = {2048, 4096};

static void every_part_of_a_signature_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct changed *c = start_with(sizes[i]);
        mismatches_with_each_bit(c->hash, 0, 8 * keys_of(&c->known).hash_size, 8);
        mismatches_with_each_bit(c->signature, 0, sizes[i], 37);
        mismatches_with_each_bit(c->modulus, 9, sizes[i] - 8, 41);
    }
}

/* As a caller does whose numbers have another order. */
static void numbers_may_stand_in_the_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct known_rsa *known = right_answer(sizes[i]);
        const struct sevl_rsa_keys keys = keys_of(known);
        memcpy(memory.u.given.modulus, known->modulus, keys.size);
        memcpy(memory.u.given.signature, known->signature, keys.size);
        assert_int_equal(sevl_rsa_pss_verify(&memory, &keys, memory.u.given.modulus, known->hash,
                                             memory.u.given.signature),
                         SEVL_MATCH);
    }
}

static void a_modulus_has_all_bits_and_is_odd(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct changed *c = start_with(sizes[i]);
        c->modulus[0] &= 0x7f;
        assert_int_equal(verify_rsa(&c->known), SEVL_ERROR_ENCODING);
        c->modulus[0] |= 0x80;
        c->modulus[sizes[i] / 8 - 1] ^= 1;
        assert_int_equal(verify_rsa(&c->known), SEVL_ERROR_ENCODING);
    }
}

static void hashes_that_fail_are_no_verdict(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct known_rsa *known = right_answer(sizes[i]);
        fail_crypto_call(0);
        assert_int_equal(verify_rsa(known), SEVL_MATCH);
        int calls = crypto_calls();
        assert_true(calls > 0);
        for (int n = 1; n <= calls; n++) {
            fail_crypto_call(n);
            assert_int_equal(verify_rsa(known), SEVL_ERROR_CRYPTO);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_are_those_of_the_model),
        cmocka_unit_test(every_part_of_a_signature_counts),
        cmocka_unit_test(numbers_may_stand_in_the_memory),
        cmocka_unit_test(a_modulus_has_all_bits_and_is_odd),
        cmocka_unit_test_setup(hashes_that_fail_are_no_verdict, no_faults),
    };
    return cmocka_run_group_tests(tests, no_faults, NULL);
}
