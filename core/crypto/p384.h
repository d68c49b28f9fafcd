/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The curve P-384 (NIST SP 800-186, section 3.2.1.4). No branch and no address depends on a point
 * or a number, but in sevl_p384_read(), which is for public points.
 */
#ifndef SEVLAUNCH_P384_H
#define SEVLAUNCH_P384_H

#include "crypto/montgomery.h"

#define SEVL_P384_SIZE 48
#define SEVL_P384_LIMBS SEVL_LIMBS(384)

typedef sevl_limb sevl_p384_number[SEVL_P384_LIMBS];

/* A point in projective coordinates X : Y : Z, in Montgomery's form; 0 : 1 : 0 is neutral. */
struct sevl_p384_point {
    sevl_p384_number x, y, z;
};

/* The registers of the formula of an addition: see p384_formula.h. */
#define SEVL_P384_REGISTERS 15

/* The memory of a computation on the curve. */
struct sevl_p384 {
    struct sevl_modulus field;
    struct sevl_modulus order;
    sevl_p384_number registers[SEVL_P384_REGISTERS];
    sevl_limb work[SEVL_MONTGOMERY_LIMBS(SEVL_P384_LIMBS)];
};

/* Prepares the memory. */
void sevl_p384_init(struct sevl_p384 *p384);

/* The order of the curve, n, and of each point but the neutral one: a prime. */
extern const sevl_p384_number sevl_p384_n;

/* The generator; its Z is 1. */
extern const struct sevl_p384_point sevl_p384_generator;

/* Takes a number that is less than 2^384 to Montgomery's form, in the field. */
void sevl_p384_to_field(struct sevl_p384 *p384, sevl_p384_number x, const sevl_p384_number number);

/*
 * Reads the point of these coordinates, most significant byte first. Returns false if one
 * of them is not less than p or the point is not on the curve.
 */
bool sevl_p384_read(struct sevl_p384 *p384, struct sevl_p384_point *point,
                    const uint8_t x[SEVL_P384_SIZE], const uint8_t y[SEVL_P384_SIZE]);

/* sum = a + b, for any points, equal ones and the neutral one too; sum may be a or b. */
void sevl_p384_add(struct sevl_p384 *p384, struct sevl_p384_point *sum,
                   const struct sevl_p384_point *a, const struct sevl_p384_point *b);

#endif
