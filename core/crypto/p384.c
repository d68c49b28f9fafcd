/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/p384.h"

#include <string.h>

static const uint8_t p384_p[SEVL_P384_SIZE] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                               0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                               0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                               0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
                                               0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00,
                                               0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff};
static const uint8_t p384_n[SEVL_P384_SIZE] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                               0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                               0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                               0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
                                               0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a,
                                               0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73};
static const uint8_t p384_b[SEVL_P384_SIZE] = {0xb3, 0x31, 0x2f, 0xa7, 0xe2, 0x3e, 0xe7, 0xe4,
                                               0x98, 0x8e, 0x05, 0x6b, 0xe3, 0xf8, 0x2d, 0x19,
                                               0x18, 0x1d, 0x9c, 0x6e, 0xfe, 0x81, 0x41, 0x12,
                                               0x03, 0x14, 0x08, 0x8f, 0x50, 0x13, 0x87, 0x5a,
                                               0xc6, 0x56, 0x39, 0x8d, 0x8a, 0x2e, 0xd1, 0x9d,
                                               0x2a, 0x85, 0xc8, 0xed, 0xd3, 0xec, 0x2a, 0xef};
static const uint8_t p384_g_x[SEVL_P384_SIZE] = {0xaa, 0x87, 0xca, 0x22, 0xbe, 0x8b, 0x05, 0x37,
                                                 0x8e, 0xb1, 0xc7, 0x1e, 0xf3, 0x20, 0xad, 0x74,
                                                 0x6e, 0x1d, 0x3b, 0x62, 0x8b, 0xa7, 0x9b, 0x98,
                                                 0x59, 0xf7, 0x41, 0xe0, 0x82, 0x54, 0x2a, 0x38,
                                                 0x55, 0x02, 0xf2, 0x5d, 0xbf, 0x55, 0x29, 0x6c,
                                                 0x3a, 0x54, 0x5e, 0x38, 0x72, 0x76, 0x0a, 0xb7};
static const uint8_t p384_g_y[SEVL_P384_SIZE] = {0x36, 0x17, 0xde, 0x4a, 0x96, 0x26, 0x2c, 0x6f,
                                                 0x5d, 0x9e, 0x98, 0xbf, 0x92, 0x92, 0xdc, 0x29,
                                                 0xf8, 0xf4, 0x1d, 0xbd, 0x28, 0x9a, 0x14, 0x7c,
                                                 0xe9, 0xda, 0x31, 0x13, 0xb5, 0xf0, 0xb8, 0xc0,
                                                 0x0a, 0x60, 0xb1, 0xce, 0x1d, 0x7e, 0x81, 0x9d,
                                                 0x7a, 0x43, 0x1d, 0x7c, 0x90, 0xea, 0x0e, 0x5f};

/* Two points, their sum, what is in between, and b of the curve. */
enum p384_register { X1, Y1, Z1, X2, Y2, Z2, X3, Y3, Z3, T0, T1, T2, T3, T4, B };
enum p384_operation { MULTIPLY, ADD, SUBTRACT };

/*
 * The complete addition for curves with a = -3 (Renes, Costello and Batina, "Complete
 * addition formulas for prime order elliptic curves", 2015, algorithm 4): right for every
 * pair of points, so that there is no case to tell apart.
 */
static const struct p384_step {
    uint8_t operation;
    uint8_t result;
    uint8_t a;
    uint8_t b;
} p384_steps[] = {
    {MULTIPLY, T0, X1, X2}, {MULTIPLY, T1, Y1, Y2}, {MULTIPLY, T2, Z1, Z2}, {ADD, T3, X1, Y1},
    {ADD, T4, X2, Y2},      {MULTIPLY, T3, T3, T4}, {ADD, T4, T0, T1},      {SUBTRACT, T3, T3, T4},
    {ADD, T4, Y1, Z1},      {ADD, X3, Y2, Z2},      {MULTIPLY, T4, T4, X3}, {ADD, X3, T1, T2},
    {SUBTRACT, T4, T4, X3}, {ADD, X3, X1, Z1},      {ADD, Y3, X2, Z2},      {MULTIPLY, X3, X3, Y3},
    {ADD, Y3, T0, T2},      {SUBTRACT, Y3, X3, Y3}, {MULTIPLY, Z3, B, T2},  {SUBTRACT, X3, Y3, Z3},
    {ADD, Z3, X3, X3},      {ADD, X3, X3, Z3},      {SUBTRACT, Z3, T1, X3}, {ADD, X3, T1, X3},
    {MULTIPLY, Y3, B, Y3},  {ADD, T1, T2, T2},      {ADD, T2, T1, T2},      {SUBTRACT, Y3, Y3, T2},
    {SUBTRACT, Y3, Y3, T0}, {ADD, T1, Y3, Y3},      {ADD, Y3, T1, Y3},      {ADD, T1, T0, T0},
    {ADD, T0, T1, T0},      {SUBTRACT, T0, T0, T2}, {MULTIPLY, T1, T4, Y3}, {MULTIPLY, T2, T0, Y3},
    {MULTIPLY, Y3, X3, Z3}, {ADD, Y3, Y3, T2},      {MULTIPLY, X3, T3, X3}, {SUBTRACT, X3, X3, T1},
    {MULTIPLY, Z3, T4, Z3}, {MULTIPLY, T1, T3, T0}, {ADD, Z3, Z3, T1},
};

static void run_step(struct sevl_p384 *p384, const struct p384_step *step)
{
    sevl_limb *result = p384->registers[step->result];
    const sevl_limb *a = p384->registers[step->a];
    const sevl_limb *b = p384->registers[step->b];
    if (step->operation == MULTIPLY)
        sevl_montgomery_multiply(&p384->field, result, a, b, p384->work);
    else if (step->operation == ADD)
        sevl_modulus_add(&p384->field, result, a, b);
    else
        sevl_modulus_subtract(&p384->field, result, a, b);
}

void sevl_p384_add(struct sevl_p384 *p384, struct sevl_p384_point *sum,
                   const struct sevl_p384_point *a, const struct sevl_p384_point *b)
{
    memcpy(p384->registers[X1], a, sizeof *a);
    memcpy(p384->registers[X2], b, sizeof *b);
    for (size_t i = 0; i < sizeof p384_steps / sizeof *p384_steps; i++)
        run_step(p384, &p384_steps[i]);
    memcpy(sum, p384->registers[X3], sizeof *sum);
}

static void init_modulus(struct sevl_modulus *modulus, sevl_p384_number limbs,
                         const uint8_t bytes[SEVL_P384_SIZE])
{
    sevl_limbs_read(limbs, SEVL_P384_LIMBS, bytes);
    *modulus = (struct sevl_modulus){limbs, SEVL_P384_LIMBS, sevl_modulus_inverse(limbs[0])};
}

/* Reads a number of the field into Montgomery's form. Returns false if it is too large. */
static bool read_number(struct sevl_p384 *p384, sevl_p384_number number,
                        const uint8_t bytes[SEVL_P384_SIZE])
{
    sevl_limbs_read(number, SEVL_P384_LIMBS, bytes);
    if (!sevl_limbs_less(number, p384->p, SEVL_P384_LIMBS))
        return false;
    sevl_montgomery_multiply(&p384->field, number, number, p384->to_field, p384->work);
    return true;
}

void sevl_p384_init(struct sevl_p384 *p384)
{
    init_modulus(&p384->field, p384->p, p384_p);
    init_modulus(&p384->order, p384->n, p384_n);
    sevl_montgomery_square_of_r(&p384->field, p384->to_field, p384->work);
    (void)read_number(p384, p384->registers[B], p384_b);
}

/* y^2 = x^3 - 3 x + b, for a point whose Z is 1. */
static bool is_on_curve(struct sevl_p384 *p384, const struct sevl_p384_point *point)
{
    const struct sevl_modulus *field = &p384->field;
    sevl_limb *left = p384->registers[T0];
    sevl_limb *right = p384->registers[T1];
    sevl_montgomery_multiply(field, left, point->y, point->y, p384->work);
    sevl_montgomery_multiply(field, right, point->x, point->x, p384->work);
    sevl_montgomery_multiply(field, right, right, point->x, p384->work);
    for (int i = 0; i < 3; i++)
        sevl_modulus_subtract(field, right, right, point->x);
    sevl_modulus_add(field, right, right, p384->registers[B]);
    return sevl_limbs_equal(left, right, SEVL_P384_LIMBS);
}

bool sevl_p384_read(struct sevl_p384 *p384, struct sevl_p384_point *point,
                    const uint8_t x[SEVL_P384_SIZE], const uint8_t y[SEVL_P384_SIZE])
{
    static const uint8_t one[SEVL_P384_SIZE] = {[SEVL_P384_SIZE - 1] = 1};
    if (!read_number(p384, point->x, x))
        return false;
    if (!read_number(p384, point->y, y))
        return false;
    (void)read_number(p384, point->z, one);
    return is_on_curve(p384, point);
}

void sevl_p384_generator(struct sevl_p384 *p384, struct sevl_p384_point *point)
{
    (void)sevl_p384_read(p384, point, p384_g_x, p384_g_y);
}
