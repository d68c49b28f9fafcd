/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The sum of a verification for CPUs with 64 bits and a large stack: five bits of a factor at a
 * time, as a digit from -16 to 16, for which there are 16 multiples of each point. Points are
 * added by the formula that is right for all of them. They are doubled in Jacobian coordinates,
 * where x = X / Z^2 and y = Y / Z^3: these have no neutral point, and doubling costs 8
 * multiplications in place of 14.
 */
#include <string.h>

#include "crypto/ecdsa_p384.h"
#include "p384_steps.h"

#define BITS 384
#define WINDOW 5
#define WINDOWS (BITS / WINDOW + 1) /* the last digit is not negative: its highest bit is 0 */
#define MULTIPLES 16                /* 2^(WINDOW - 1) */

/* From X : Y : Z to Jacobian coordinates of the same point, in place. */
static const uint16_t p384_to_jacobian[] = {
    STEP(MULTIPLY, X3, X3, Z3),
    STEP(MULTIPLY, Y3, Y3, Z3),
    STEP(MULTIPLY, Y3, Y3, Z3),
};

/* The double, in place, for a = -3. */
static const uint16_t p384_doubling[] = {
    STEP(MULTIPLY, T0, Z3, Z3), STEP(MULTIPLY, T1, Y3, Y3), STEP(ADD, T1, T1, T1),
    STEP(MULTIPLY, T2, X3, T1), STEP(SUBTRACT, T3, X3, T0), STEP(ADD, T4, X3, T0),
    STEP(MULTIPLY, T3, T3, T4), STEP(ADD, T4, T3, T3),      STEP(ADD, T3, T3, T4),
    STEP(MULTIPLY, Z3, Y3, Z3), STEP(ADD, Z3, Z3, Z3),      STEP(ADD, T2, T2, T2),
    STEP(ADD, T4, T2, T2),      STEP(MULTIPLY, X3, T3, T3), STEP(SUBTRACT, X3, X3, T4),
    STEP(SUBTRACT, T2, T2, X3), STEP(MULTIPLY, T2, T2, T3), STEP(MULTIPLY, T1, T1, T1),
    STEP(ADD, T1, T1, T1),      STEP(SUBTRACT, Y3, T2, T1),
};

/* Back to X : Y : Z, in place. */
static const uint16_t p384_from_jacobian[] = {
    STEP(MULTIPLY, X3, X3, Z3),
    STEP(MULTIPLY, T0, Z3, Z3),
    STEP(MULTIPLY, Z3, Z3, T0),
};

/* Minus the second point; T0 is 0. */
static const uint16_t p384_negation[] = {STEP(SUBTRACT, Y2, T0, Y2)};

#define COUNT_OF(steps) (sizeof(steps) / sizeof *(steps))

/* The sum, in X3 : Y3 : Z3, plus this point, or minus it. */
static void add_point(sevl_p384_number *registers, const struct sevl_p384_point *point,
                      bool is_negative)
{
    memcpy(registers[X1], registers[X3], sizeof *point);
    memcpy(registers[X2], point, sizeof *point);
    memset(registers[T0], 0, sizeof registers[T0]);
    if (is_negative)
        sevl_p384_take_steps(registers, p384_negation, COUNT_OF(p384_negation));
    sevl_p384_take_steps(registers, sevl_p384_addition, SEVL_P384_ADDITION_STEPS);
}

/* The point, twice the point, and so on. */
static void compute_multiples(sevl_p384_number *registers,
                              struct sevl_p384_point multiples[MULTIPLES],
                              const struct sevl_p384_point *point)
{
    multiples[0] = *point;
    memcpy(registers[X3], point, sizeof *point);
    for (size_t i = 1; i < MULTIPLES; i++) {
        add_point(registers, point, false);
        memcpy(&multiples[i], registers[X3], sizeof multiples[i]);
    }
}

/* The neutral point is its own double, and has no Jacobian coordinates. */
static void double_sum(sevl_p384_number *registers)
{
    if (sevl_limbs_are_zero(registers[Z3], SEVL_P384_LIMBS))
        return;
    sevl_p384_take_steps(registers, p384_to_jacobian, COUNT_OF(p384_to_jacobian));
    for (size_t i = 0; i < WINDOW; i++)
        sevl_p384_take_steps(registers, p384_doubling, COUNT_OF(p384_doubling));
    sevl_p384_take_steps(registers, p384_from_jacobian, COUNT_OF(p384_from_jacobian));
}

/*
 * The sum of all digits times 32^window is the number: the highest bit of a window counts -16 in
 * its digit, and 1, which is 32 of those of the digit, in the next one.
 */
static int digit_of(const sevl_limb *number, size_t window)
{
    unsigned bits = 0;
    for (size_t i = WINDOW + 1; i > 0; i--) {
        size_t end = WINDOW * window + i - 1; /* of the bits up to this one */
        bool is_there = end > 0 && end <= BITS;
        bits = 2 * bits + (is_there ? sevl_limbs_bit(number, end - 1) : 0);
    }
    return (int)((bits + 1) / 2) - (bits >= 1 << WINDOW ? 1 << WINDOW : 0);
}

static void add_digit(sevl_p384_number *registers, const struct sevl_p384_point *multiples,
                      int digit)
{
    if (digit > 0)
        add_point(registers, &multiples[digit - 1], false);
    else if (digit < 0)
        add_point(registers, &multiples[-digit - 1], true);
}

void sevl_ecdsa_p384_sum(struct sevl_ecdsa_p384 *m)
{
    struct sevl_p384_point generators[MULTIPLES], keys[MULTIPLES];
    sevl_p384_number *registers = m->p384.registers;
    memcpy(registers[B], sevl_p384_b, sizeof sevl_p384_b);
    compute_multiples(registers, generators, &sevl_p384_generator);
    compute_multiples(registers, keys, &m->key);
    memset(registers[X3], 0, sizeof m->sum);
    memcpy(registers[Y3], sevl_p384_generator.z, sizeof registers[Y3]); /* 0 : 1 : 0 */
    for (size_t window = WINDOWS; window > 0; window--) {
        double_sum(registers);
        add_digit(registers, generators, digit_of(m->u1, window - 1));
        add_digit(registers, keys, digit_of(m->u2, window - 1));
    }
    memcpy(&m->sum, registers[X3], sizeof m->sum);
}
