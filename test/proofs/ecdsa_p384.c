/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The verification of ECDSA around its arithmetic, with numbers of two limbs of 8 bits: the
 * sum is of as many generators and keys as the two factors say; and a verdict is a match
 * only if every condition of FIPS 186-5, section 6.4.2, holds.
 */
#include "limbs_model.h"

#undef SEVLAUNCH_BIGNUM_WINDOWS
#define SEVLAUNCH_BIGNUM_WINDOWS 0 /* the other choice is proved in ecdsa_windows.c */
#include <core/crypto/ecdsa_p384.c>

static uint8_t any_n[SEVL_P384_LIMBS], any_p[SEVL_P384_LIMBS];

/* A point is as many generators as its x has, and as many keys as its z. */
const struct sevl_p384_point sevl_p384_generator = {{1}, {0}, {0}};
static const struct sevl_p384_point key_point = {{0}, {0}, {1}};

static struct sevl_p384_key key;
static bool key_is_right;
static uint32_t sum_x;

static uint32_t number_of(const sevl_limb *limbs)
{
    return value_of(limbs, SEVL_P384_LIMBS);
}

void sevl_p384_init(struct sevl_p384 *p384)
{
    p384->field = (struct sevl_modulus){any_p, SEVL_P384_LIMBS, 0};
    p384->order = (struct sevl_modulus){any_n, SEVL_P384_LIMBS, 0};
}

void sevl_p384_add(struct sevl_p384 *p384, struct sevl_p384_point *sum,
                   const struct sevl_p384_point *a, const struct sevl_p384_point *b)
{
    (void)p384;
    (void)sevl_limbs_add(sum->x, a->x, b->x, SEVL_P384_LIMBS);
    (void)sevl_limbs_add(sum->z, a->z, b->z, SEVL_P384_LIMBS);
}

bool sevl_p384_read(struct sevl_p384 *p384, struct sevl_p384_point *point,
                    const uint8_t x[SEVL_P384_SIZE], const uint8_t y[SEVL_P384_SIZE])
{
    (void)p384;
    PROVE(x == key.x && y == key.y);
    *point = key_point;
    return key_is_right;
}

void sevl_p384_to_field(struct sevl_p384 *p384, sevl_p384_number x, const sevl_p384_number number)
{
    (void)p384;
    x[0] = number[0];
}

void sevl_montgomery_multiply(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                              const sevl_limb *b, sevl_limb *work)
{
    (void)m;
    (void)b;
    (void)work;
    x[0] = a[0];
}

void sevl_montgomery_power(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *base,
                           const sevl_limb *exponent, sevl_limb *work)
{
    sevl_montgomery_multiply(m, x, base, exponent, work);
}

static void compute_factors(struct sevl_ecdsa_p384 *m, const uint8_t hash[SEVL_SHA384_SIZE])
{
    (void)hash;
    PROVE(number_of(m->u2) > 0 && number_of(m->u2) < number_of(any_n));
    PROVE(number_of(m->r) > 0 && number_of(m->r) < number_of(any_n));
}

/* Any point: what matters of it is x, and whether it is the neutral one. */
static void compute_sum(struct sevl_ecdsa_p384 *m)
{
    m->sum.z[0] = nondet_u8();
    m->sum.z[1] = nondet_u8();
}

static bool has_x(struct sevl_ecdsa_p384 *m, const sevl_p384_number number)
{
    PROVE(number_of(number) < number_of(any_p));
    PROVE(number_of(m->sum.z) != 0);
    return number_of(number) == sum_x;
}

static void sum(void)
{
    struct sevl_ecdsa_p384 m;
    m.key = key_point;
    uint32_t u1 = number_of(m.u1) % (1u << BITS);
    uint32_t u2 = number_of(m.u2) % (1u << BITS);

    compute_sum_itself(&m);

    REACHES(u1 == 0 && u2 == (1u << BITS) - 1);
    REACHES(u1 == 0x101 && u2 == 0x180);
    PROVE(number_of(m.sum.x) == u1);
    PROVE(number_of(m.sum.z) == u2);
}

static void verdict(void)
{
    struct sevl_ecdsa_p384 m;
    struct sevl_p384_signature signature;
    static const uint8_t hash[SEVL_SHA384_SIZE];
    for (size_t i = 0; i < SEVL_P384_LIMBS; i++) {
        any_n[i] = nondet_u8();
        any_p[i] = nondet_u8();
    }
    key_is_right = nondet_bool();
    sum_x = nondet_u8() + 256u * nondet_u8();
    uint32_t n = number_of(any_n);
    uint32_t p = number_of(any_p);
    uint32_t r = signature.r[0] * 256u + signature.r[1];
    uint32_t s = signature.s[0] * 256u + signature.s[1];
    ASSUME(n > 1 && n < p && p < 2 * n && sum_x < p);

    enum sevl_result result = sevl_ecdsa_p384_verify(&m, &key, hash, &signature);

    REACHES(result == SEVL_MATCH && sum_x == r);
    REACHES(result == SEVL_MATCH && sum_x == r + n);
    REACHES(result == SEVL_MISMATCH && r + n > 0xffff);
    PROVE((result == SEVL_ERROR_ENCODING) == !key_is_right);
    PROVE(result == SEVL_MATCH || result == SEVL_MISMATCH || result == SEVL_ERROR_ENCODING);
    bool numbers_are_right = r > 0 && r < n && s > 0 && s < n;
    PROVE((result == SEVL_MATCH) ==
          (key_is_right && numbers_are_right && number_of(m.sum.z) != 0 && sum_x % n == r));
}

int main(void)
{
    if (CASE == 0)
        sum();
    else
        verdict();
}
