/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Montgomery's multiplication, in which verifying a signature spends its time. */
#ifndef SEVLAUNCH_MONTGOMERY_H
#define SEVLAUNCH_MONTGOMERY_H

#include "crypto/limbs.h"

/* The limbs of memory that a multiplication of `count` limbs works in. */
#define SEVL_MONTGOMERY_LIMBS(count) (2 * (count) + 1)

/*
 * x = a b / 2^(SEVL_LIMB_BITS m->count) modulo m, for b less than m and any a. x may be a or b;
 * `work` has SEVL_MONTGOMERY_LIMBS(m->count) limbs of any content.
 */
void sevl_montgomery_multiply(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                              const sevl_limb *b, sevl_limb *work);

/*
 * x = 2^(2 SEVL_LIMB_BITS m->count) modulo m, which takes numbers to Montgomery's form.
 * `work` is that of sevl_montgomery_multiply().
 */
void sevl_montgomery_square_of_r(const struct sevl_modulus *m, sevl_limb *x, sevl_limb *work);

/*
 * x = base^exponent modulo m, all in Montgomery's form; the exponent has m->count limbs and
 * is not 0. x is neither of them.
 */
void sevl_montgomery_power(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *base,
                           const sevl_limb *exponent, sevl_limb *work);

#endif
