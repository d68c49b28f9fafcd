/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "crypto/montgomery.h"

/* Each step adds a row of the product, and a multiple of m that makes the lowest limb 0. */
void sevl_montgomery_multiply(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                              const sevl_limb *b, sevl_limb *work)
{
    size_t count = m->count;
    for (size_t i = 0; i <= count; i++)
        work[i] = 0;
    for (size_t i = 0; i < count; i++) {
        sevl_limb *row = work + i;
        sevl_limb carry = sevl_limbs_add_product(row, b, a[i], count);
        sevl_limb carry_m = sevl_limbs_add_product(row, m->limbs, row[0] * m->inverse, count);
        sevl_limbs2 sum = (sevl_limbs2)row[count] + carry + carry_m;
        row[count] = (sevl_limb)sum;
        row[count + 1] = (sevl_limb)(sum >> SEVL_LIMB_BITS);
    }
    sevl_modulus_reduce(m, x, work + count, work[2 * count]);
}
