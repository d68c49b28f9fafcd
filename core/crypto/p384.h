/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The curve P-384 (NIST SP 800-186, section 3.2.1.4), for public points and numbers. */
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

/* The registers of the formula of an addition: see p384.c. */
#define SEVL_P384_REGISTERS 15

/* The memory of a computation on the curve, and the numbers that it begins with. */
struct sevl_p384 {
    sevl_p384_number p; /* of the field */
    sevl_p384_number n; /* the order of the curve */
    struct sevl_modulus field;
    struct sevl_modulus order;
    sevl_p384_number to_field; /* takes a number to Montgomery's form, in the field */
    sevl_p384_number registers[SEVL_P384_REGISTERS];
    sevl_limb work[SEVL_MONTGOMERY_LIMBS(SEVL_P384_LIMBS)];
};

/* Prepares the memory. It holds pointers to itself. */
void sevl_p384_init(struct sevl_p384 *p384);

/* The generator. */
void sevl_p384_generator(struct sevl_p384 *p384, struct sevl_p384_point *point);

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
