/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "crypto/montgomery.h"

/* Doublings cost less than multiplications up to here. */
#define DOUBLINGS_MAX 64

/*
 * With R = 2^bits: R modulo m is R - m, since its highest bit is set. 2^k R, which k
 * doublings give, squares to 2^(2k) R, and so on up to 2^bits R.
 */
void sevl_montgomery_square_of_r(const struct sevl_modulus *m, sevl_limb *x, sevl_limb *work)
{
    size_t doublings = m->count * SEVL_LIMB_BITS;
    size_t squarings = 0;
    for (; doublings > DOUBLINGS_MAX; doublings /= 2)
        squarings++;
    memset(x, 0, m->count * sizeof *x);
    (void)sevl_limbs_subtract(x, x, m->limbs, m->count);
    for (; doublings > 0; doublings--)
        sevl_modulus_add(m, x, x, x);
    for (; squarings > 0; squarings--)
        sevl_montgomery_multiply(m, x, x, x, work);
}

void sevl_montgomery_power(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *base,
                           const sevl_limb *exponent, sevl_limb *work)
{
    size_t bit = m->count * SEVL_LIMB_BITS - 1;
    while (sevl_limbs_bit(exponent, bit) == 0)
        bit--;
    memcpy(x, base, m->count * sizeof *x);
    while (bit > 0) {
        bit--;
        sevl_montgomery_multiply(m, x, x, x, work);
        if (sevl_limbs_bit(exponent, bit) != 0)
            sevl_montgomery_multiply(m, x, x, base, work);
    }
}
