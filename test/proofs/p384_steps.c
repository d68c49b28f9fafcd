/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Arithmetic in the field of P-384 but for products of limbs: sums and differences modulo p, and
 * the reduction, whose multiples of p are sums and differences, too. Limbs have 8 bits here, and
 * p = 2^48 - 2^16 - 2^12 + 2^4 - 1, of the same form: each exponent is an eighth.
 */
#include "limbs_model.h"

#include <port/cpu/bignum/p384_steps.c>

static uint64_t wide_of(const sevl_limb *limbs, size_t count)
{
    uint64_t value = 0;
    for (size_t i = count; i-- > 0;)
        value = value << 8 | limbs[i];
    return value;
}

/* q p, modulo 2^64 */
static uint64_t multiple_of_p(uint64_t q)
{
    return (q << 48) - (q << 16) - (q << 12) + (q << 4) - q;
}

static void add_or_subtract(bool adds)
{
    sevl_limb a[SIX], b[SIX], other[SIX];
    sevl_limb *x = nondet_bool() ? other : nondet_bool() ? a : b;
    uint64_t p = multiple_of_p(1), first = wide_of(a, SIX), second = wide_of(b, SIX);
    ASSUME(first < p && second < p);

    if (adds)
        field_add(x, a, b);
    else
        field_subtract(x, a, b);

    uint64_t got = wide_of(x, SIX);
    REACHES(adds && first + second == p);
    REACHES(adds && first + second >= (uint64_t)1 << 48);
    REACHES(!adds && first < second);
    if (adds)
        PROVE(got == (first + second < p ? first + second : first + second - p));
    else
        PROVE(got == (first < second ? first + p - second : first - second));
}

static void reduce_limb(void)
{
    sevl_limb x[SIX];
    uint64_t before = wide_of(x, SIX);
    uint64_t q = (uint8_t)(x[0] + (x[0] << 4));

    field_reduce_limb_itself(x);

    REACHES(q == UINT8_MAX);
    REACHES(q == 1);
    uint64_t after = wide_of(x, SIX), p = multiple_of_p(1), one = 1;
    PROVE(after << 8 == before + multiple_of_p(q));
    /* So that three steps make any number one that is not greater than p. */
    PROVE(after <= p + (one << 9));
    PROVE(before > p + (one << 9) || after <= p + 2);
    PROVE(before > p + 2 || after <= p);
}

/* Any number that reduce_limb() lets three steps end with. */
static size_t steps;
static uint64_t low;

static void field_reduce_limb(sevl_limb x[SIX])
{
    steps++;
    for (size_t i = 0; i < SIX; i++)
        x[i] = nondet_u8();
    low = wide_of(x, SIX);
    ASSUME(low <= multiple_of_p(1));
}

/* What is left of the lower half is added to the upper half, less p once. */
static void reduce(void)
{
    sevl_limb product[2 * SIX], x[SIX];
    uint64_t p = multiple_of_p(1), high = wide_of(product + SIX, SIX);
    ASSUME(high < p);

    field_reduce(x, product);

    uint64_t got = wide_of(x, SIX), sum = low + high;
    REACHES(sum >= (uint64_t)1 << 48);
    REACHES(sum == p);
    PROVE(steps == SIX);
    PROVE(got == (sum < p ? sum : sum - p));
}

int main(void)
{
    switch (CASE) {
    case 0:
        add_or_subtract(true);
        break;
    case 1:
        add_or_subtract(false);
        break;
    case 2:
        reduce_limb();
        break;
    default:
        reduce();
    }
}
