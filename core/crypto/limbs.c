/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/limbs.h"

void sevl_limbs_read(sevl_limb *number, size_t count, const uint8_t *bytes)
{
    for (size_t i = 0; i < count; i++) {
        const uint8_t *next = bytes + (count - 1 - i) * sizeof *number;
        sevl_limb limb = 0;
        for (size_t k = 0; k < sizeof limb; k++)
            limb = limb << 8 | next[k];
        number[i] = limb;
    }
}

void sevl_limbs_write(const sevl_limb *number, size_t count, uint8_t *bytes)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t *next = bytes + (count - 1 - i) * sizeof *number;
        for (size_t k = 0; k < sizeof *number; k++)
            next[k] = (uint8_t)(number[i] >> 8 * (sizeof *number - 1 - k));
    }
}

bool sevl_limbs_less(const sevl_limb *a, const sevl_limb *b, size_t count)
{
    while (count > 0) {
        count--;
        if (a[count] != b[count])
            return a[count] < b[count];
    }
    return false;
}

bool sevl_limbs_are_zero(const sevl_limb *a, size_t count)
{
    sevl_limb any = 0;
    for (size_t i = 0; i < count; i++)
        any |= a[i];
    return any == 0;
}

unsigned sevl_limbs_bit(const sevl_limb *number, size_t bit)
{
    return (unsigned)(number[bit / SEVL_LIMB_BITS] >> bit % SEVL_LIMB_BITS) & 1;
}

void sevl_limbs_swap_masked(sevl_limb *a, sevl_limb *b, sevl_limb mask, size_t count)
{
    volatile sevl_limb opaque = mask; /* a compiler that knew it could make a branch of it */
    sevl_limb hidden = opaque;
    for (size_t i = 0; i < count; i++) {
        sevl_limb changed = (a[i] ^ b[i]) & hidden;
        a[i] ^= changed;
        b[i] ^= changed;
    }
}

/* Newton's iteration: each step doubles the bits that are right, of which 3 are from the start. */
sevl_limb sevl_modulus_inverse(sevl_limb lowest)
{
    sevl_limb inverse = lowest;
    for (size_t bits = 3; bits < SEVL_LIMB_BITS; bits *= 2)
        inverse *= 2 - lowest * inverse;
    return (sevl_limb)0 - inverse;
}

/* Where the carry is 1, a is less than m. */
void sevl_modulus_reduce(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                         sevl_limb carry)
{
    sevl_limb borrow = sevl_limbs_subtract(x, a, m->limbs, m->count);
    sevl_limbs_add_masked(x, m->limbs, carry - borrow, m->count);
}

void sevl_modulus_add(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                      const sevl_limb *b)
{
    sevl_modulus_reduce(m, x, x, sevl_limbs_add(x, a, b, m->count));
}

void sevl_modulus_subtract(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                           const sevl_limb *b)
{
    sevl_limb borrow = sevl_limbs_subtract(x, a, b, m->count);
    sevl_limbs_add_masked(x, m->limbs, (sevl_limb)0 - borrow, m->count);
}
