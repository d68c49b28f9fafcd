/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/ecdsa_p384.h"

#include <string.h>

#define BITS 384

/* Reads a number of a signature. Returns false if it is not in 1 to n - 1. */
static bool read_scalar(const struct sevl_p384 *p384, sevl_p384_number number,
                        const uint8_t bytes[SEVL_P384_SIZE])
{
    sevl_limbs_read(number, SEVL_P384_LIMBS, bytes);
    return !sevl_limbs_are_zero(number, SEVL_P384_LIMBS) &&
           sevl_limbs_less(number, p384->order.limbs, SEVL_P384_LIMBS);
}

/*
 * 1 / s modulo n in Montgomery's form, R / s, by Fermat: s^(n-2). As such a form s is that of
 * s / R, whose inverse has the form R^2 / s; a multiplication by 1 divides that by R.
 */
static void invert(struct sevl_p384 *p384, sevl_p384_number inverse, const sevl_p384_number s)
{
    sevl_limb *number = p384->registers[0];
    memcpy(number, p384->order.limbs, sizeof p384->registers[0]);
    number[0] -= 2;
    sevl_montgomery_power(&p384->order, inverse, s, number, p384->work);
    memset(number, 0, sizeof p384->registers[0]);
    number[0] = 1;
    sevl_montgomery_multiply(&p384->order, inverse, number, inverse, p384->work);
}

/* u1 = hash / s and u2 = r / s modulo n. `u2` has s before. */
static void compute_factors(struct sevl_ecdsa_p384 *m, const uint8_t hash[SEVL_SHA384_SIZE])
{
    struct sevl_p384 *p384 = &m->p384;
    sevl_limb *inverse = p384->registers[1];
    invert(p384, inverse, m->u2);
    sevl_limbs_read(m->u1, SEVL_P384_LIMBS, hash);
    sevl_montgomery_multiply(&p384->order, m->u1, m->u1, inverse, p384->work);
    sevl_montgomery_multiply(&p384->order, m->u2, m->r, inverse, p384->work);
}

/* sum = u1 generator + u2 key, a bit of both at a time. */
static void compute_sum(struct sevl_ecdsa_p384 *m)
{
    const struct sevl_p384_point *const points[] = {&sevl_p384_generator, &m->key, &m->both};
    struct sevl_p384 *p384 = &m->p384;
    sevl_p384_add(p384, &m->both, &sevl_p384_generator, &m->key);
    memset(&m->sum, 0, sizeof m->sum);
    memcpy(m->sum.y, sevl_p384_generator.z, sizeof m->sum.y); /* 0 : 1 : 0 */
    for (size_t bit = BITS; bit > 0; bit--) {
        unsigned bits = sevl_limbs_bit(m->u1, bit - 1) + 2 * sevl_limbs_bit(m->u2, bit - 1);
        sevl_p384_add(p384, &m->sum, &m->sum, &m->sum);
        if (bits != 0)
            sevl_p384_add(p384, &m->sum, &m->sum, points[bits - 1]);
    }
}

/* Whether the sum's affine x, X / Z, is this number, which is less than p. */
static bool has_x(struct sevl_ecdsa_p384 *m, const sevl_p384_number number)
{
    struct sevl_p384 *p384 = &m->p384;
    sevl_limb *product = p384->registers[0];
    sevl_p384_to_field(p384, product, number);
    sevl_montgomery_multiply(&p384->field, product, product, m->sum.z, p384->work);
    sevl_modulus_subtract(&p384->field, product, product, m->sum.x);
    return sevl_limbs_are_zero(product, SEVL_P384_LIMBS);
}

/* Whether x modulo n is r: x is r, or r + n where this is less than p. */
static bool sum_is_r(struct sevl_ecdsa_p384 *m)
{
    const struct sevl_p384 *p384 = &m->p384;
    if (sevl_limbs_are_zero(m->sum.z, SEVL_P384_LIMBS))
        return false;
    if (has_x(m, m->r))
        return true;
    if (sevl_limbs_add(m->r, m->r, p384->order.limbs, SEVL_P384_LIMBS) != 0)
        return false;
    return sevl_limbs_less(m->r, p384->field.limbs, SEVL_P384_LIMBS) && has_x(m, m->r);
}

enum sevl_result sevl_ecdsa_p384_verify(struct sevl_ecdsa_p384 *m, const struct sevl_p384_key *key,
                                        const uint8_t hash[SEVL_SHA384_SIZE],
                                        const struct sevl_p384_signature *signature)
{
    sevl_p384_init(&m->p384);
    if (!sevl_p384_read(&m->p384, &m->key, key->x, key->y))
        return SEVL_ERROR_ENCODING;
    if (!read_scalar(&m->p384, m->r, signature->r))
        return SEVL_MISMATCH;
    if (!read_scalar(&m->p384, m->u2, signature->s))
        return SEVL_MISMATCH;
    compute_factors(m, hash);
    if (SEVLAUNCH_BIGNUM_WINDOWS)
        sevl_ecdsa_p384_sum(m);
    else
        compute_sum(m);
    return sum_is_r(m) ? SEVL_MATCH : SEVL_MISMATCH;
}
