/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/limbs.h"

sevl_limb sevl_limbs_add(sevl_limb *x, const sevl_limb *a, const sevl_limb *b, size_t count)
{
    sevl_limb carry = 0;
    for (size_t i = 0; i < count; i++) {
        sevl_limbs2 sum = (sevl_limbs2)a[i] + b[i] + carry;
        x[i] = (sevl_limb)sum;
        carry = (sevl_limb)(sum >> SEVL_LIMB_BITS);
    }
    return carry;
}

sevl_limb sevl_limbs_subtract(sevl_limb *x, const sevl_limb *a, const sevl_limb *b, size_t count)
{
    sevl_limb borrow = 0;
    for (size_t i = 0; i < count; i++) {
        sevl_limbs2 difference = (sevl_limbs2)a[i] - b[i] - borrow;
        x[i] = (sevl_limb)difference;
        borrow = (sevl_limb)(difference >> SEVL_LIMB_BITS) & 1;
    }
    return borrow;
}

void sevl_limbs_add_masked(sevl_limb *x, const sevl_limb *a, sevl_limb mask, size_t count)
{
    volatile sevl_limb opaque = mask; /* a compiler that knew it could make a branch of it */
    sevl_limb hidden = opaque;
    sevl_limb carry = 0;
    for (size_t i = 0; i < count; i++) {
        sevl_limbs2 sum = (sevl_limbs2)x[i] + (a[i] & hidden) + carry;
        x[i] = (sevl_limb)sum;
        carry = (sevl_limb)(sum >> SEVL_LIMB_BITS);
    }
}
