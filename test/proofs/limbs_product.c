/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_limbs_add_product, with limbs of 8 bits: every product of one limb, and those of two
 * with some factors.
 */
#include "limbs_model.h"

#include <core/crypto/limbs_product.c>

int main(void)
{
    static const uint8_t factors[] = {0xff, 0x80, 0x5b};
    uint8_t memory[2][2];
    size_t count = any_below(CASE == 0 ? 2 : 3);
    uint8_t *x = ENDING(memory[0], count);
    const uint8_t *a = ENDING(memory[1], count);
    uint8_t b = CASE == 0 ? nondet_u8() : factors[(CASE + 2) % 3];
    uint32_t sum = value_of(x, count) + value_of(a, count) * b;

    uint32_t carry = sevl_limbs_add_product(x, a, b, count);

    REACHES(count == 2 && carry == 0xff);
    REACHES(count == 0);
    PROVE((carry << 8 * count) + value_of(x, count) == sum);
}
