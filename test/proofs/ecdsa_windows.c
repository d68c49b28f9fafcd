/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The sum of a verification of ECDSA, a digit of both factors at a time, here of two bits, with
 * numbers of two limbs of 8 bits: it is of as many generators and keys as the factors say.
 */
#include "limbs_model.h"

#include <port/cpu/bignum/ecdsa_windows.c>

/* A point is as many generators as its x has, and as many keys as its z. */
const struct sevl_p384_point sevl_p384_generator = {{1}, {0}, {0}};
static const struct sevl_p384_point key_point = {{0}, {0}, {1}};

const sevl_p384_number sevl_p384_b = {0};

/* In this model the sum can be subtracted from, and no point is neutral. */
static void add_point(sevl_p384_number *registers, const struct sevl_p384_point *point,
                      bool is_negative)
{
    sevl_limb (*change)(sevl_limb *, const sevl_limb *, const sevl_limb *, size_t) =
        is_negative ? sevl_limbs_subtract : sevl_limbs_add;
    (void)change(registers[X3], registers[X3], point->x, SEVL_P384_LIMBS);
    (void)change(registers[Z3], registers[Z3], point->z, SEVL_P384_LIMBS);
}

static void double_sum(sevl_p384_number *registers)
{
    for (size_t i = 0; i < WINDOW; i++) {
        (void)sevl_limbs_add(registers[X3], registers[X3], registers[X3], SEVL_P384_LIMBS);
        (void)sevl_limbs_add(registers[Z3], registers[Z3], registers[Z3], SEVL_P384_LIMBS);
    }
}

/* Of the functions that these stand for. */
const uint16_t sevl_p384_addition[SEVL_P384_ADDITION_STEPS];

void sevl_p384_take_steps(sevl_p384_number registers[SEVL_P384_REGISTERS], const uint16_t *steps,
                          size_t count)
{
    (void)registers;
    (void)steps;
    (void)count;
    PROVE(false);
}

static uint32_t number_of(const sevl_limb *limbs)
{
    return value_of(limbs, SEVL_P384_LIMBS);
}

int main(void)
{
    struct sevl_ecdsa_p384 m;
    m.key = key_point;
    uint32_t u1 = number_of(m.u1) % (1u << BITS);
    uint32_t u2 = number_of(m.u2) % (1u << BITS);

    sevl_ecdsa_p384_sum(&m);

    REACHES(u1 == 0 && u2 == (1u << BITS) - 1);
    REACHES(u1 == 0x101 && u2 == 0x180);
    PROVE(number_of(m.sum.x) == u1);
    PROVE(number_of(m.sum.z) == u2);
}
