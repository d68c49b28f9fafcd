/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Large numbers, with limbs of 8 bits, which proofs.py makes so small, as numbers of 32 bits. */
#ifndef SEVLAUNCH_LIMBS_MODEL_H
#define SEVLAUNCH_LIMBS_MODEL_H

#include "proof.h"

#include <core/crypto/limbs.h>

#define LIMBS_MAX 3

static uint32_t value_of(const uint8_t *limbs, size_t count)
{
    uint32_t value = 0;
    for (size_t i = count; i-- > 0;)
        value = value * 256 + limbs[i];
    return value;
}

/* Odd, its highest bit set. */
static bool is_modulus(const struct sevl_modulus *m)
{
    return m->limbs[0] % 2 == 1 && m->limbs[m->count - 1] >= 0x80;
}

struct numbers {
    size_t count;
    uint32_t a;
    uint32_t b;
    uint8_t memory[3][LIMBS_MAX]; /* of a, b, and one more */
    uint8_t *a_limbs;
    uint8_t *b_limbs;
    uint8_t *x;
};

/* They end where their memory ends. */
static inline void choose(struct numbers *numbers)
{
    size_t place = any_below(3);
    numbers->count = any_below(LIMBS_MAX + 1);
    numbers->a_limbs = ENDING(numbers->memory[0], numbers->count);
    numbers->b_limbs = ENDING(numbers->memory[1], numbers->count);
    numbers->x = ENDING(numbers->memory[place], numbers->count);
    numbers->a = value_of(numbers->a_limbs, numbers->count);
    numbers->b = value_of(numbers->b_limbs, numbers->count);
}

#endif
