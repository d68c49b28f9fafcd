/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Sums and differences of up to three limbs of 8 bits, against numbers of 32 bits: every value
 * and every carry, with the result in its own place or in that of a or b.
 */
#include "limbs_model.h"

#include <core/crypto/limbs_sum.c>

static void add_or_subtract(void)
{
    struct numbers n;
    choose(&n);
    bool adds = nondet_bool();

    uint32_t carry = adds ? sevl_limbs_add(n.x, n.a_limbs, n.b_limbs, n.count)
                          : sevl_limbs_subtract(n.x, n.a_limbs, n.b_limbs, n.count);

    uint32_t got = value_of(n.x, n.count);
    REACHES(adds && carry == 1 && n.count == 3);
    REACHES(!adds && carry == 1 && n.count == 3 && n.x == n.b_limbs);
    if (adds)
        PROVE((carry << 8 * n.count) + got == n.a + n.b);
    else
        PROVE(carry == (n.a < n.b ? 1 : 0) && got == n.a - n.b + (carry << 8 * n.count));
}

static void add_masked(void)
{
    struct numbers n;
    choose(&n);
    bool adds = nondet_bool();
    ASSUME(n.x == n.b_limbs);

    sevl_limbs_add_masked(n.x, n.a_limbs, adds ? 0xff : 0, n.count);

    uint32_t sum = adds ? n.a + n.b : n.b;
    REACHES(adds && n.count == 3 && sum >= (uint32_t)1 << 24);
    PROVE(value_of(n.x, n.count) == sum % ((uint32_t)1 << 8 * n.count));
}

int main(void)
{
    if (CASE == 0)
        add_or_subtract();
    else
        add_masked();
}
