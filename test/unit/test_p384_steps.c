/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arithmetic in the field of P-384 by its own code, beside that for any modulus. */
#include "p384_steps.h"

#include <string.h>

#include "support.h"

#define RANDOM_PAIRS 20000

static struct sevl_p384 p384;
static uint64_t state = 56860;

/* xorshift64 */
static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* 2^bit, or that less or plus 1, or p less that. */
static void nth_edge(sevl_p384_number number, size_t n)
{
    static const sevl_p384_number one = {1};
    size_t bit = n / 4;
    memset(number, 0, sizeof(sevl_p384_number));
    number[bit / SEVL_LIMB_BITS] = (sevl_limb)1 << bit % SEVL_LIMB_BITS;
    if (n % 4 == 1)
        sevl_modulus_subtract(&p384.field, number, number, one);
    else if (n % 4 == 2)
        sevl_modulus_add(&p384.field, number, number, one);
    else if (n % 4 == 3)
        (void)sevl_limbs_subtract(number, p384.field.limbs, number, SEVL_P384_LIMBS);
}

/* Limbs of ones, of zeros, with half of their bits, and others. */
static void any_number(sevl_p384_number number)
{
    for (size_t i = 0; i < SEVL_P384_LIMBS; i++) {
        const uint64_t limbs[] = {
            0, UINT64_MAX, UINT32_MAX, ~(uint64_t)UINT32_MAX, next_random(), next_random()};
        number[i] = (sevl_limb)limbs[next_random() % (sizeof limbs / sizeof *limbs)];
    }
    if (!sevl_limbs_less(number, p384.field.limbs, SEVL_P384_LIMBS))
        (void)sevl_limbs_subtract(number, number, p384.field.limbs, SEVL_P384_LIMBS);
}

static void assert_step(enum p384_operation operation, const sevl_p384_number a,
                        const sevl_p384_number b, const sevl_p384_number expected)
{
    for (unsigned place = 0; place < 3; place++) { /* of the result: a's, b's, another */
        const uint16_t step = (uint16_t)STEP((unsigned)operation, place, 0u, 1u);
        memcpy(p384.registers[0], a, sizeof p384.registers[0]);
        memcpy(p384.registers[1], b, sizeof p384.registers[1]);
        sevl_p384_take_steps(p384.registers, &step, 1);
        assert_memory_equal(p384.registers[place], expected, sizeof p384.registers[place]);
    }
}

static void assert_operations(const sevl_p384_number a, const sevl_p384_number b)
{
    sevl_p384_number expected;
    sevl_modulus_add(&p384.field, expected, a, b);
    assert_step(ADD, a, b, expected);
    sevl_modulus_subtract(&p384.field, expected, a, b);
    assert_step(SUBTRACT, a, b, expected);
    sevl_montgomery_multiply(&p384.field, expected, a, b, p384.work);
    assert_step(MULTIPLY, a, b, expected);
}

static void edges_of_every_bit_agree(void **unused)
{
    sevl_p384_number a, b;
    (void)unused;
    for (size_t i = 0; i < 4 * 383; i++)
        for (size_t k = i % 7; k < 4 * 383; k += 7) {
            nth_edge(a, i);
            nth_edge(b, k);
            assert_operations(a, b);
        }
}

static void other_numbers_agree(void **unused)
{
    sevl_p384_number a, b;
    (void)unused;
    for (size_t i = 0; i < RANDOM_PAIRS; i++) {
        any_number(a);
        any_number(b);
        assert_operations(a, b);
        assert_operations(a, a);
    }
}

static void steps_are_taken_in_turn(void **unused)
{
    static const uint16_t steps[] = {STEP(ADD, X2, X1, X1), STEP(ADD, X3, X2, X1)};
    sevl_p384_number expected;
    (void)unused;
    any_number(p384.registers[X1]);
    sevl_modulus_add(&p384.field, expected, p384.registers[X1], p384.registers[X1]);
    sevl_modulus_add(&p384.field, expected, expected, p384.registers[X1]);
    sevl_p384_take_steps(p384.registers, steps, 2);
    assert_memory_equal(p384.registers[X3], expected, sizeof expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_of_every_bit_agree),
        cmocka_unit_test(other_numbers_agree),
        cmocka_unit_test(steps_are_taken_in_turn),
    };
    sevl_p384_init(&p384);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
