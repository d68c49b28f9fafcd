/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/ecdsa_p384.h"

#include <string.h>

#define BITS 384

enum { GENERATOR, KEY, BOTH };

/* Reads a number of a signature. Returns false if it is not in 1 to n - 1. */
static bool read_scalar(const struct sevl_p384 *p384, sevl_p384_number number,
                        const uint8_t bytes[SEVL_P384_SIZE])
{
    sevl_limbs_read(number, SEVL_P384_LIMBS, bytes);
    return !sevl_limbs_are_zero(number, SEVL_P384_LIMBS) &&
           sevl_limbs_less(number, p384->n, SEVL_P384_LIMBS);
}

/* s -> R / s modulo n, by Fermat: s^(n-2). `s` is in Montgomery's form. */
static void invert(struct sevl_p384 *p384, sevl_p384_number inverse, const sevl_p384_number s)
{
    sevl_limb *exponent = p384->registers[0];
    sevl_p384_number two = {2};
    (void)sevl_limbs_subtract(exponent, p384->n, two, SEVL_P384_LIMBS);
    sevl_montgomery_power(&p384->order, inverse, s, exponent, p384->work);
}

/* u1 = hash / s and u2 = r / s modulo n. `u2` has s before. */
static void compute_factors(struct sevl_ecdsa_p384 *m, const uint8_t hash[SEVL_SHA384_SIZE])
{
    struct sevl_p384 *p384 = &m->p384;
    const struct sevl_modulus *order = &p384->order;
    sevl_montgomery_square_of_r(order, m->factor, p384->work);
    sevl_montgomery_multiply(order, m->u1, m->u2, m->factor, p384->work);
    invert(p384, m->factor, m->u1);
    sevl_limbs_read(m->u1, SEVL_P384_LIMBS, hash);
    if (!sevl_limbs_less(m->u1, p384->n, SEVL_P384_LIMBS))
        (void)sevl_limbs_subtract(m->u1, m->u1, p384->n, SEVL_P384_LIMBS);
    sevl_montgomery_multiply(order, m->u1, m->u1, m->factor, p384->work);
    sevl_montgomery_multiply(order, m->u2, m->r, m->factor, p384->work);
}

static unsigned bit_of(const sevl_p384_number number, size_t bit)
{
    return (unsigned)(number[bit / SEVL_LIMB_BITS] >> bit % SEVL_LIMB_BITS) & 1;
}

/* sum = u1 generator + u2 key, a bit of both at a time. */
static void compute_sum(struct sevl_ecdsa_p384 *m)
{
    struct sevl_p384 *p384 = &m->p384;
    sevl_p384_add(p384, &m->points[BOTH], &m->points[GENERATOR], &m->points[KEY]);
    memset(&m->sum, 0, sizeof m->sum);
    memcpy(m->sum.y, m->points[GENERATOR].z, sizeof m->sum.y); /* 0 : 1 : 0 */
    for (size_t bit = BITS; bit > 0; bit--) {
        unsigned bits = bit_of(m->u1, bit - 1) + 2 * bit_of(m->u2, bit - 1);
        sevl_p384_add(p384, &m->sum, &m->sum, &m->sum);
        if (bits != 0)
            sevl_p384_add(p384, &m->sum, &m->sum, &m->points[bits - 1]);
    }
}

/* Whether the sum's affine x, X / Z, is this number, which is less than p. */
static bool has_x(struct sevl_ecdsa_p384 *m, const sevl_p384_number number)
{
    struct sevl_p384 *p384 = &m->p384;
    sevl_limb *product = p384->registers[0];
    sevl_montgomery_multiply(&p384->field, product, number, p384->to_field, p384->work);
    sevl_montgomery_multiply(&p384->field, product, product, m->sum.z, p384->work);
    return sevl_limbs_equal(product, m->sum.x, SEVL_P384_LIMBS);
}

/* Whether x modulo n is r: x is r, or r + n where this is less than p. */
static bool sum_is_r(struct sevl_ecdsa_p384 *m)
{
    struct sevl_p384 *p384 = &m->p384;
    if (sevl_limbs_are_zero(m->sum.z, SEVL_P384_LIMBS))
        return false;
    if (has_x(m, m->r))
        return true;
    if (sevl_limbs_add(m->r, m->r, p384->n, SEVL_P384_LIMBS) != 0)
        return false;
    return sevl_limbs_less(m->r, p384->p, SEVL_P384_LIMBS) && has_x(m, m->r);
}

enum sevl_result sevl_ecdsa_p384_verify(struct sevl_ecdsa_p384 *m, const struct sevl_p384_key *key,
                                        const uint8_t hash[SEVL_SHA384_SIZE],
                                        const struct sevl_p384_signature *signature)
{
    sevl_p384_init(&m->p384);
    sevl_p384_generator(&m->p384, &m->points[GENERATOR]);
    if (!sevl_p384_read(&m->p384, &m->points[KEY], key->x, key->y))
        return SEVL_ERROR_ENCODING;
    if (!read_scalar(&m->p384, m->r, signature->r))
        return SEVL_MISMATCH;
    if (!read_scalar(&m->p384, m->u2, signature->s))
        return SEVL_MISMATCH;
    compute_factors(m, hash);
    compute_sum(m);
    return sum_is_r(m) ? SEVL_MATCH : SEVL_MISMATCH;
}
