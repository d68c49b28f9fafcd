/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_montgomery_square_of_r and sevl_montgomery_power, with limbs of 8 bits: for every modulus
 * of one limb the first, for some moduli and every base and exponent the second.
 */
#include "limbs_model.h"

#include <core/crypto/modular.c>

static void square(void)
{
    uint8_t limbs[1], x[1], work[3];
    struct sevl_modulus m = {limbs, 1, sevl_modulus_inverse(limbs[0])};
    ASSUME(is_modulus(&m));

    sevl_montgomery_square_of_r(&m, x, work);

    REACHES(limbs[0] == 0xff);
    PROVE(x[0] == 0x10000u % limbs[0]);
}

/* The power that multiplications one after another give. */
static void raise(uint8_t modulus)
{
    uint8_t limbs[1] = {modulus};
    uint8_t base[1], exponent[1], x[1], work[3], product[1];
    struct sevl_modulus m = {limbs, 1, sevl_modulus_inverse(limbs[0])};
    ASSUME(base[0] < modulus && exponent[0] > 0 && exponent[0] < 12);
    product[0] = base[0];
    for (unsigned i = 1; i < exponent[0]; i++)
        sevl_montgomery_multiply(&m, product, product, base, work);

    sevl_montgomery_power(&m, x, base, exponent, work);

    REACHES(exponent[0] == 11);
    PROVE(x[0] == product[0]);
}

int main(void)
{
    if (CASE == 0)
        square();
    else
        raise(CASE == 1 ? 0x81 : 0xfb);
}
