/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/p384.h"

#include <string.h>

#include "crypto/p384_formula.h"

static const sevl_p384_number p384_p = {SEVL_LIMBS_OF(0x00000000, 0xffffffff),
                                        SEVL_LIMBS_OF(0xffffffff, 0x00000000),
                                        SEVL_LIMBS_OF(0xffffffff, 0xfffffffe),
                                        SEVL_LIMBS_OF(0xffffffff, 0xffffffff),
                                        SEVL_LIMBS_OF(0xffffffff, 0xffffffff),
                                        SEVL_LIMBS_OF(0xffffffff, 0xffffffff)};
const sevl_p384_number sevl_p384_n = {SEVL_LIMBS_OF(0xecec196a, 0xccc52973),
                                      SEVL_LIMBS_OF(0x581a0db2, 0x48b0a77a),
                                      SEVL_LIMBS_OF(0xc7634d81, 0xf4372ddf),
                                      SEVL_LIMBS_OF(0xffffffff, 0xffffffff),
                                      SEVL_LIMBS_OF(0xffffffff, 0xffffffff),
                                      SEVL_LIMBS_OF(0xffffffff, 0xffffffff)};

/* Of sevl_modulus_inverse(), for the largest limb. */
#define P384_P_INVERSE UINT64_C(0x0000000100000001)
#define P384_N_INVERSE UINT64_C(0x6ed46089e88fdc45)

/* Takes a number to Montgomery's form, in which the constants below are: 2^768 modulo p. */
static const sevl_p384_number p384_to_field = {SEVL_LIMBS_OF(0xfffffffe, 0x00000001),
                                               SEVL_LIMBS_OF(0x00000002, 0x00000000),
                                               SEVL_LIMBS_OF(0xfffffffe, 0x00000000),
                                               SEVL_LIMBS_OF(0x00000002, 0x00000000),
                                               SEVL_LIMBS_OF(0x00000000, 0x00000001),
                                               SEVL_LIMBS_OF(0x00000000, 0x00000000)};
const sevl_p384_number sevl_p384_b = {SEVL_LIMBS_OF(0x08118871, 0x9d412dcc),
                                      SEVL_LIMBS_OF(0xf729add8, 0x7a4c32ec),
                                      SEVL_LIMBS_OF(0x77f2209b, 0x1920022e),
                                      SEVL_LIMBS_OF(0xe3374bee, 0x94938ae2),
                                      SEVL_LIMBS_OF(0xb62b21f4, 0x1f022094),
                                      SEVL_LIMBS_OF(0xcd08114b, 0x604fbff9)};
const struct sevl_p384_point sevl_p384_generator = {
    {SEVL_LIMBS_OF(0x3dd07566, 0x49c0b528), SEVL_LIMBS_OF(0x20e378e2, 0xa0d6ce38),
     SEVL_LIMBS_OF(0x879c3afc, 0x541b4d6e), SEVL_LIMBS_OF(0x64548684, 0x59a30eff),
     SEVL_LIMBS_OF(0x812ff723, 0x614ede2b), SEVL_LIMBS_OF(0x4d3aadc2, 0x299e1513)},
    {SEVL_LIMBS_OF(0x23043dad, 0x4b03a4fe), SEVL_LIMBS_OF(0xa1bfa8bf, 0x7bb4a9ac),
     SEVL_LIMBS_OF(0x8bade756, 0x2e83b050), SEVL_LIMBS_OF(0xc6c35219, 0x68f4ffd9),
     SEVL_LIMBS_OF(0xdd800226, 0x3969a840), SEVL_LIMBS_OF(0x2b78abc2, 0x5a15c5e9)},
    {SEVL_LIMBS_OF(0xffffffff, 0x00000001), SEVL_LIMBS_OF(0x00000000, 0xffffffff),
     SEVL_LIMBS_OF(0x00000000, 0x00000001), SEVL_LIMBS_OF(0x00000000, 0x00000000),
     SEVL_LIMBS_OF(0x00000000, 0x00000000), SEVL_LIMBS_OF(0x00000000, 0x00000000)}};

/*
 * The complete addition for curves with a = -3 (Renes, Costello and Batina, "Complete
 * addition formulas for prime order elliptic curves", 2015, algorithm 4): right for every
 * pair of points, so that there is no case to tell apart.
 */
const uint16_t sevl_p384_addition[SEVL_P384_ADDITION_STEPS] = {
    STEP(MULTIPLY, T0, X1, X2), STEP(MULTIPLY, T1, Y1, Y2), STEP(MULTIPLY, T2, Z1, Z2),
    STEP(ADD, T3, X1, Y1),      STEP(ADD, T4, X2, Y2),      STEP(MULTIPLY, T3, T3, T4),
    STEP(ADD, T4, T0, T1),      STEP(SUBTRACT, T3, T3, T4), STEP(ADD, T4, Y1, Z1),
    STEP(ADD, X3, Y2, Z2),      STEP(MULTIPLY, T4, T4, X3), STEP(ADD, X3, T1, T2),
    STEP(SUBTRACT, T4, T4, X3), STEP(ADD, X3, X1, Z1),      STEP(ADD, Y3, X2, Z2),
    STEP(MULTIPLY, X3, X3, Y3), STEP(ADD, Y3, T0, T2),      STEP(SUBTRACT, Y3, X3, Y3),
    STEP(MULTIPLY, Z3, B, T2),  STEP(SUBTRACT, X3, Y3, Z3), STEP(ADD, Z3, X3, X3),
    STEP(ADD, X3, X3, Z3),      STEP(SUBTRACT, Z3, T1, X3), STEP(ADD, X3, T1, X3),
    STEP(MULTIPLY, Y3, B, Y3),  STEP(ADD, T1, T2, T2),      STEP(ADD, T2, T1, T2),
    STEP(SUBTRACT, Y3, Y3, T2), STEP(SUBTRACT, Y3, Y3, T0), STEP(ADD, T1, Y3, Y3),
    STEP(ADD, Y3, T1, Y3),      STEP(ADD, T1, T0, T0),      STEP(ADD, T0, T1, T0),
    STEP(SUBTRACT, T0, T0, T2), STEP(MULTIPLY, T1, T4, Y3), STEP(MULTIPLY, T2, T0, Y3),
    STEP(MULTIPLY, Y3, X3, Z3), STEP(ADD, Y3, Y3, T2),      STEP(MULTIPLY, X3, T3, X3),
    STEP(SUBTRACT, X3, X3, T1), STEP(MULTIPLY, Z3, T4, Z3), STEP(MULTIPLY, T1, T3, T0),
    STEP(ADD, Z3, Z3, T1),
};

/* T0 = y^2 - (x^3 - 3 x + b), for a point whose Z is 1. */
static const uint16_t p384_equation[] = {
    STEP(MULTIPLY, T0, Y1, Y1), STEP(MULTIPLY, T1, X1, X1), STEP(MULTIPLY, T1, T1, X1),
    STEP(SUBTRACT, T1, T1, X1), STEP(SUBTRACT, T1, T1, X1), STEP(SUBTRACT, T1, T1, X1),
    STEP(ADD, T1, T1, B),       STEP(SUBTRACT, T0, T0, T1),
};

void sevl_p384_init(struct sevl_p384 *p384)
{
    p384->field = (struct sevl_modulus){p384_p, SEVL_P384_LIMBS, (sevl_limb)P384_P_INVERSE};
    p384->order = (struct sevl_modulus){sevl_p384_n, SEVL_P384_LIMBS, (sevl_limb)P384_N_INVERSE};
}

#define COUNT_OF(steps) (sizeof(steps) / sizeof *(steps))

static void run_step(struct sevl_p384 *p384, unsigned step)
{
    sevl_limb *result = p384->registers[step >> 8 & 0xf];
    const sevl_limb *a = p384->registers[step >> 4 & 0xf];
    const sevl_limb *b = p384->registers[step & 0xf];
    if (step >> 12 == MULTIPLY)
        sevl_montgomery_multiply(&p384->field, result, a, b, p384->work);
    else if (step >> 12 == ADD)
        sevl_modulus_add(&p384->field, result, a, b);
    else
        sevl_modulus_subtract(&p384->field, result, a, b);
}

static void run_steps(struct sevl_p384 *p384, const uint16_t *steps, size_t count)
{
    memcpy(p384->registers[B], sevl_p384_b, sizeof sevl_p384_b);
    for (size_t i = 0; i < count; i++)
        run_step(p384, steps[i]);
}

void sevl_p384_add(struct sevl_p384 *p384, struct sevl_p384_point *sum,
                   const struct sevl_p384_point *a, const struct sevl_p384_point *b)
{
    memcpy(p384->registers[X1], a, sizeof *a);
    memcpy(p384->registers[X2], b, sizeof *b);
    run_steps(p384, sevl_p384_addition, SEVL_P384_ADDITION_STEPS);
    memcpy(sum, p384->registers[X3], sizeof *sum);
}

void sevl_p384_to_field(struct sevl_p384 *p384, sevl_p384_number x, const sevl_p384_number number)
{
    sevl_montgomery_multiply(&p384->field, x, number, p384_to_field, p384->work);
}

/* Reads a number of the field into Montgomery's form. Returns false if it is too large. */
static bool read_coordinate(struct sevl_p384 *p384, sevl_p384_number number,
                            const uint8_t bytes[SEVL_P384_SIZE])
{
    sevl_limbs_read(number, SEVL_P384_LIMBS, bytes);
    if (!sevl_limbs_less(number, p384_p, SEVL_P384_LIMBS))
        return false;
    sevl_p384_to_field(p384, number, number);
    return true;
}

bool sevl_p384_read(struct sevl_p384 *p384, struct sevl_p384_point *point,
                    const uint8_t x[SEVL_P384_SIZE], const uint8_t y[SEVL_P384_SIZE])
{
    if (!read_coordinate(p384, point->x, x))
        return false;
    if (!read_coordinate(p384, point->y, y))
        return false;
    memcpy(point->z, sevl_p384_generator.z, sizeof point->z);
    memcpy(p384->registers[X1], point, sizeof *point);
    run_steps(p384, p384_equation, COUNT_OF(p384_equation));
    return sevl_limbs_are_zero(p384->registers[T0], SEVL_P384_LIMBS);
}
