/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Montgomery's multiplication for CPUs with 64 bits, a column of the product at a time: what
 * adds up stays in registers, and a square takes half of the products.
 */

#include "carries.h"
#include "crypto/montgomery.h"

#define SQUARE_MIN 16 /* limbs: the work for less of them exceeds what it saves */

/* Adds `count` products of limbs, of a upwards and of b downwards. */
SEVL_INLINE void add_products(struct column *sum, const sevl_limb *a, const sevl_limb *b,
                              size_t count)
{
#pragma GCC unroll 2
    for (size_t i = 0; i < count; i++)
        add_to_column(sum, a[i], *(b - i));
}

/* Adds column k of a b. Of a square, each product of two limbs stands there twice. */
SEVL_INLINE void add_column_of(struct column *sum, const sevl_limb *a, const sevl_limb *b, size_t k,
                               size_t count)
{
    size_t first = k < count ? 0 : k - count + 1;
    size_t products = k + 1 - 2 * first;
    if (a != b || count < SQUARE_MIN) {
        add_products(sum, a + first, b + (k - first), products);
        return;
    }
    struct column half = {0, 0, 0};
    add_products(&half, a + first, a + (k - first), products / 2);
    add_column(sum, &half);
    add_column(sum, &half);
    if (products % 2 != 0)
        add_to_column(sum, a[k / 2], a[k / 2]);
}

/*
 * The lower half of the columns tells the factors of m that make them 0; the upper half is the
 * result, which stands above the factors in `work`.
 */
void sevl_montgomery_multiply(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                              const sevl_limb *b, sevl_limb *work)
{
    size_t count = m->count;
    sevl_limb *factors = work;
    sevl_limb *result = work + count;
    struct column sum = {0, 0, 0};
    for (size_t k = 0; k < count; k++) {
        add_column_of(&sum, a, b, k, count);
        add_products(&sum, factors, m->limbs + k, k);
        factors[k] = sum.low * m->inverse;
        add_to_column(&sum, factors[k], m->limbs[0]);
        (void)shift_column(&sum);
    }
    for (size_t k = count; k < 2 * count; k++) {
        size_t first = k - count + 1;
        add_column_of(&sum, a, b, k, count);
        add_products(&sum, factors + first, m->limbs + count - 1, count - first);
        result[k - count] = shift_column(&sum);
    }
    sevl_modulus_reduce(m, x, result, sum.low);
}
