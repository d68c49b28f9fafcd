/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Large numbers of up to three limbs of 8 bits, against numbers of 32 bits: every value and
 * every carry, with the result in its own place or in that of a or b.
 */
#include "limbs_model.h"

#include <core/crypto/limbs.c>

static void compare(void)
{
    struct numbers n;
    choose(&n);
    REACHES(n.count == 3 && n.a == n.b);
    REACHES(n.count == 0);
    PROVE(sevl_limbs_less(n.a_limbs, n.b_limbs, n.count) == (n.a < n.b));
    PROVE(sevl_limbs_are_zero(n.a_limbs, n.count) == (n.a == 0));
    size_t bit = any_below(8 * LIMBS_MAX);
    if (bit < 8 * n.count)
        PROVE(sevl_limbs_bit(n.a_limbs, bit) == (n.a >> bit) % 2);
}

static void read(void)
{
    uint8_t bytes[LIMBS_MAX];
    uint8_t limbs[LIMBS_MAX];
    size_t count = any_below(LIMBS_MAX + 1);
    size_t at = any_below(LIMBS_MAX);
    const uint8_t *from = ENDING(bytes, count);
    uint8_t *to = ENDING(limbs, count);

    sevl_limbs_read(to, count, from);

    REACHES(count == LIMBS_MAX && at == 0);
    if (at < count)
        PROVE(to[at] == from[count - 1 - at]);
}

/* For odd moduli whose highest bit is set, and numbers that are less. */
static void add_and_subtract_modulo(void)
{
    struct numbers n;
    uint8_t limbs[LIMBS_MAX];
    choose(&n);
    ASSUME(n.count > 0);
    struct sevl_modulus m = {ENDING(limbs, n.count), n.count, nondet_u8()};
    uint32_t modulus = value_of(m.limbs, n.count);
    ASSUME(is_modulus(&m) && n.a < modulus && n.b < modulus);
    bool adds = nondet_bool();

    if (adds)
        sevl_modulus_add(&m, n.x, n.a_limbs, n.b_limbs);
    else
        sevl_modulus_subtract(&m, n.x, n.a_limbs, n.b_limbs);

    uint32_t got = value_of(n.x, n.count);
    REACHES(adds && n.a + n.b == modulus);
    REACHES(adds && n.a + n.b >= (uint32_t)1 << 8 * n.count);
    REACHES(!adds && n.a < n.b);
    if (adds)
        PROVE(got == (n.a + n.b < modulus ? n.a + n.b : n.a + n.b - modulus));
    else
        PROVE(got == (n.a < n.b ? n.a + modulus - n.b : n.a - n.b));
}

static void swap_masked(void)
{
    struct numbers n;
    choose(&n);
    bool swaps = nondet_bool();

    sevl_limbs_swap_masked(n.a_limbs, n.b_limbs, swaps ? 0xff : 0, n.count);

    REACHES(swaps && n.count == 3 && n.a != n.b);
    PROVE(value_of(n.a_limbs, n.count) == (swaps ? n.b : n.a));
    PROVE(value_of(n.b_limbs, n.count) == (swaps ? n.a : n.b));
}

static void invert(void)
{
    uint8_t lowest = nondet_u8();
    ASSUME(lowest % 2 == 1);
    uint8_t inverse = sevl_modulus_inverse(lowest);
    REACHES(inverse == 0xff);
    PROVE((lowest * inverse + 1) % 256 == 0);
}

int main(void)
{
    switch (CASE) {
    case 0:
        compare();
        break;
    case 1:
        read();
        break;
    case 2:
        add_and_subtract_modulo();
        break;
    case 3:
        swap_masked();
        break;
    default:
        invert();
    }
}
