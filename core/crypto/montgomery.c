/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "crypto/montgomery.h"

/* x += a b, of `count` limbs; returns the carry. */
static sevl_limb add_product(sevl_limb *x, const sevl_limb *a, sevl_limb b, size_t count)
{
    sevl_limb carry = 0;
    for (size_t i = 0; i < count; i++) {
        sevl_limbs2 sum = (sevl_limbs2)a[i] * b + x[i] + carry;
        x[i] = (sevl_limb)sum;
        carry = (sevl_limb)(sum >> SEVL_LIMB_BITS);
    }
    return carry;
}

/* Each step adds a row of the product, and a multiple of m that makes the lowest limb 0. */
void sevl_montgomery_multiply(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                              const sevl_limb *b, sevl_limb *work)
{
    size_t count = m->count;
    memset(work, 0, SEVL_MONTGOMERY_LIMBS(count) * sizeof *work);
    for (size_t i = 0; i < count; i++) {
        sevl_limb *row = work + i;
        sevl_limb carry = add_product(row, b, a[i], count);
        sevl_limb carry_m = add_product(row, m->limbs, row[0] * m->inverse, count);
        sevl_limbs2 sum = (sevl_limbs2)row[count] + carry + carry_m;
        row[count] = (sevl_limb)sum;
        row[count + 1] = (sevl_limb)(sum >> SEVL_LIMB_BITS);
    }
    sevl_limb *product = work + count;
    if (product[count] != 0 || !sevl_limbs_less(product, m->limbs, count))
        (void)sevl_limbs_subtract(product, product, m->limbs, count);
    memcpy(x, product, count * sizeof *x);
}
