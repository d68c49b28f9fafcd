/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_montgomery_multiply, with limbs of 8 bits: for some moduli of one limb, every product is
 * right, and less than the modulus, for one of them even if the first factor is not; and for one of
 * two limbs, those of any number and some others.
 */
#include "limbs_model.h"

#include <core/crypto/montgomery.c>

#define COUNT (CASE < 3 ? 1 : 2)

int main(void)
{
    static const uint8_t moduli[][2] = {{0x81}, {0xff}, {0xc3}, {0x01, 0x80}};
    uint8_t limbs[COUNT], a[COUNT], b[COUNT], work[2 * COUNT + 1], other[COUNT];
    uint8_t *x = nondet_bool() ? other : nondet_bool() ? a : b;
    memcpy(limbs, moduli[CASE < 3 ? CASE : 3], sizeof limbs);
    struct sevl_modulus m = {limbs, COUNT, sevl_modulus_inverse(limbs[0])};
    uint32_t modulus = value_of(limbs, COUNT);
    uint32_t factor = value_of(a, COUNT);
    uint32_t factor_b = value_of(b, COUNT);
    ASSUME(factor_b < modulus && (CASE == 0 || factor < modulus));
    ASSUME(COUNT == 1 || factor_b == (CASE == 3 ? 0x8000 : CASE == 4 ? 0x00ff : 0x5aa5));

    sevl_montgomery_multiply(&m, x, a, b, work);

    uint32_t got = value_of(x, COUNT);
    REACHES(got == modulus - 1 && x == b);
    REACHES(CASE == 0 && factor >= modulus);
    PROVE(got < modulus);
    PROVE((got << 8 * COUNT) % modulus == factor * factor_b % modulus);
}
