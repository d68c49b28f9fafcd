/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_montgomery_multiply, with limbs of 8 bits: for some moduli of one limb, every product is
 * right, and less than the modulus, for one of them even if the first factor is not; and for one of
 * two limbs, those of any number and some others, and some squares.
 */
#ifndef SEVLAUNCH_MONTGOMERY_MODEL_H
#define SEVLAUNCH_MONTGOMERY_MODEL_H

#include "limbs_model.h"

#ifndef CASE
#define CASE 0 /* run.py tells which */
#endif
#define COUNT (CASE < 3 ? 1 : 2)
#define SQUARE 6 /* the cases from here on */

static void prove_multiplication(void)
{
    static const uint8_t moduli[][2] = {{0x81}, {0xff}, {0xc3}, {0x01, 0x80}};
    uint8_t limbs[COUNT], a[COUNT], b[COUNT], work[2 * COUNT + 1], other[COUNT];
    uint8_t *second = CASE >= SQUARE ? a : b;
    uint8_t *x = nondet_bool() ? other : nondet_bool() ? a : second;
    memcpy(limbs, moduli[CASE < 3 ? CASE : 3], sizeof limbs);
    struct sevl_modulus m = {limbs, COUNT, sevl_modulus_inverse(limbs[0])};
    uint32_t modulus = value_of(limbs, COUNT);
    uint32_t factor = value_of(a, COUNT);
    uint32_t factor_b = value_of(second, COUNT);
    ASSUME(factor_b < modulus && (CASE == 0 || factor < modulus));
    if (CASE >= 3 && CASE < SQUARE)
        ASSUME(factor_b == (CASE == 3 ? 0x8000 : CASE == 4 ? 0x00ff : 0x5aa5));
    if (CASE >= SQUARE) /* all that have this limb */
        ASSUME(a[CASE - SQUARE] == 0x5a);

    sevl_montgomery_multiply(&m, x, a, second, work);

    uint32_t got = value_of(x, COUNT);
    REACHES(got == modulus - 1 && x == second);
    REACHES(CASE == 0 && factor >= modulus);
    PROVE(got < modulus);
    PROVE((got << 8 * COUNT) % modulus == factor * factor_b % modulus);
}

#endif
