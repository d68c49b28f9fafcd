/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sevlaunch.h>
#include <string.h>

#include "crypto/ecdsa_p384.h"
#include "support.h"
#include "tables.h"

#define ANSWERS (sizeof ecdsa_answers / sizeof *ecdsa_answers)
#define WRONG_KEYS (sizeof ecdsa_wrong_keys / sizeof *ecdsa_wrong_keys)

static struct sevl_ecdsa_p384 memory;

/* What is in the memory before makes no difference. */
static enum sevl_result verify(const struct known_ecdsa *known)
{
    struct sevl_p384_key key;
    struct sevl_p384_signature signature;
    memcpy(key.x, known->x, sizeof key.x);
    memcpy(key.y, known->y, sizeof key.y);
    memcpy(signature.r, known->r, sizeof signature.r);
    memcpy(signature.s, known->s, sizeof signature.s);
    memset(&memory, 0xa5, sizeof memory);
    return sevl_ecdsa_p384_verify(&memory, &key, known->hash, &signature);
}

static void verdicts_are_those_of_the_model(void **state)
{
    (void)state;
    for (size_t i = 0; i < ANSWERS; i++)
        assert_int_equal(verify(&ecdsa_answers[i]), ecdsa_answers[i].result);
}

static void every_bit_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ECDSA_PUBLISHED; i++) {
        assert_int_equal(verify(&ecdsa_answers[i]), SEVL_MATCH);
        for (size_t bit = i; bit < 384; bit += 17) {
            struct known_ecdsa known = ecdsa_answers[i];
            uint8_t *const parts[] = {known.hash, known.r, known.s};
            for (size_t part = 0; part < 3; part++) {
                parts[part][bit / 8] ^= (uint8_t)(1 << bit % 8);
                assert_int_equal(verify(&known), SEVL_MISMATCH);
                parts[part][bit / 8] ^= (uint8_t)(1 << bit % 8);
            }
        }
    }
}

static void a_key_beside_the_curve_is_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < WRONG_KEYS; i++) {
        struct known_ecdsa known = ecdsa_answers[0];
        memcpy(known.x, ecdsa_wrong_keys[i].x, sizeof known.x);
        memcpy(known.y, ecdsa_wrong_keys[i].y, sizeof known.y);
        assert_int_equal(verify(&known), SEVL_ERROR_ENCODING);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_are_those_of_the_model),
        cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(a_key_beside_the_curve_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
