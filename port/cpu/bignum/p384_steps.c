/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Arithmetic modulo p = 2^384 - 2^128 - 2^96 + 2^32 - 1, the field of P-384, for CPUs with 64
 * bits: of numbers less than p, in Montgomery's form for R = 2^384. x may be a or b.
 */
#include "p384_steps.h"

#include "carries.h"

_Static_assert(SEVL_P384_LIMBS == SIX, "a limb has 64 bits");

#define HALF (SEVL_LIMB_BITS / 2)
#define ONES ((sevl_limb)-1)
#define P_LOW ((sevl_limb)(ONES >> HALF))
#define P_NEXT ((sevl_limb)(ONES << HALF))
#define P_THIRD ((sevl_limb)(ONES - 1))

static const sevl_limb field_p[SIX] = {P_LOW, P_NEXT, P_THIRD, ONES, ONES, ONES};

/* One by one: a vector of limbs that were just written would wait until they are in memory. */
#define COPY_SIX(x, a)                                                                   \
    (x)[0] = (a)[0], (x)[1] = (a)[1], (x)[2] = (a)[2], (x)[3] = (a)[3], (x)[4] = (a)[4], \
    (x)[5] = (a)[5]

/* x = carry 2^384 + sum modulo p, where that is less than twice p. */
SEVL_INLINE void field_reduce_once(sevl_limb *x, const sevl_limb sum[SIX], sevl_limb carry)
{
    sevl_limb less[SIX];
    COPY_SIX(less, sum);
    bool is_less = subtract_six(less, field_p) > carry;
#pragma GCC unroll 6
    for (size_t i = 0; i < SIX; i++)
        x[i] = is_less ? sum[i] : less[i];
}

SEVL_INLINE void field_add(sevl_limb *x, const sevl_limb *a, const sevl_limb *b)
{
    sevl_limb sum[SIX];
    COPY_SIX(sum, a);
    sevl_limb carry = add_six(sum, b);
    field_reduce_once(x, sum, carry);
}

SEVL_INLINE void field_subtract(sevl_limb *x, const sevl_limb *a, const sevl_limb *b)
{
    sevl_limb difference[SIX];
    COPY_SIX(difference, a);
    sevl_limb all = (sevl_limb)(ONES * subtract_six(difference, b));
    const sevl_limb p_or_zero[SIX] = {P_LOW & all, P_NEXT & all, P_THIRD & all, all, all, all};
    (void)add_six(difference, p_or_zero);
    COPY_SIX(x, difference);
}

/*
 * x = (x + q p) / 2^64, where q makes that whole: as -1 / p is 2^32 + 1 modulo 2^64, it is
 * x[0] (2^32 + 1). As x + q p is x - q (2^128 + 2^96 - 2^32 + 1) + q 2^384, and what is
 * subtracted ends in x[0], this is x / 2^64 - subtracted / 2^64, both without their rest.
 */
SEVL_INLINE void field_reduce_limb(sevl_limb x[SIX])
{
    sevl_limb q = (sevl_limb)(x[0] + (x[0] << HALF));
    sevl_limb borrow = q < (sevl_limb)(q << HALF) ? 1 : 0; /* of q - q 2^32, without its rest */
    sevl_limbs2 part = (sevl_limbs2)q << HALF;
    part -= (q >> HALF) + borrow;
    sevl_limb middle = (sevl_limb)((part >> SEVL_LIMB_BITS) + q);
    const sevl_limb subtracted[SIX] = {(sevl_limb)part, middle, middle < q ? 1 : 0, 0, 0, 0};
    x[0] = x[1], x[1] = x[2], x[2] = x[3], x[3] = x[4], x[4] = x[5], x[5] = q;
    (void)subtract_six(x, subtracted);
}

/* x = product / 2^384 modulo p, for a product less than 2^384 p. */
SEVL_INLINE void field_reduce(sevl_limb *x, const sevl_limb product[2 * SIX])
{
    sevl_limb sum[SIX];
    COPY_SIX(sum, product);
#pragma GCC unroll 6
    for (size_t i = 0; i < SIX; i++)
        field_reduce_limb(sum);
    sevl_limb carry = add_six(sum, product + SIX);
    field_reduce_once(x, sum, carry);
}

/* x = a b / 2^384. */
SEVL_INLINE void field_multiply(sevl_limb *x, const sevl_limb *a, const sevl_limb *b)
{
    sevl_limb product[2 * SIX];
    multiply_six(product, a, b);
    field_reduce(x, product);
}

void sevl_p384_take_steps(sevl_p384_number registers[SEVL_P384_REGISTERS], const uint16_t *steps,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sevl_limb *result = registers[steps[i] >> 8 & 0xf];
        const sevl_limb *a = registers[steps[i] >> 4 & 0xf];
        const sevl_limb *b = registers[steps[i] & 0xf];
        if (steps[i] >> 12 == MULTIPLY)
            field_multiply(result, a, b);
        else if (steps[i] >> 12 == ADD)
            field_add(result, a, b);
        else
            field_subtract(result, a, b);
    }
}
