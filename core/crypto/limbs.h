/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Large numbers, least significant limb first, in the caller's memory. No branch and no address
 * depends on a limb, but in sevl_limbs_less(), and where a caller branches on a result: secrets
 * may pass through the rest.
 */
#ifndef SEVLAUNCH_LIMBS_H
#define SEVLAUNCH_LIMBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SIZEOF_INT128__)
typedef uint64_t sevl_limb;
__extension__ typedef unsigned __int128 sevl_limbs2; /* holds the product of two limbs */
#define SEVL_LIMBS_OF(high, low) ((sevl_limb)(high) << 32 | (low))
#else
typedef uint32_t sevl_limb;
typedef uint64_t sevl_limbs2;
#define SEVL_LIMBS_OF(high, low) (low), (high)
#endif

#define SEVL_LIMB_BITS (8 * sizeof(sevl_limb))

/* How many limbs a number of so many bits has: a multiple of 64. */
#define SEVL_LIMBS(bits) ((bits) / (8 * sizeof(sevl_limb)))

/* A modulus: odd, its highest bit set. */
struct sevl_modulus {
    const sevl_limb *limbs;
    size_t count;
    sevl_limb inverse; /* -1 / limbs[0] modulo 2^SEVL_LIMB_BITS: see sevl_modulus_inverse() */
};

/* From and to bytes, the most significant one first: as many as `count` limbs have. */
void sevl_limbs_read(sevl_limb *number, size_t count, const uint8_t *bytes);
void sevl_limbs_write(const sevl_limb *number, size_t count, uint8_t *bytes);

/* Returns a bit of a number, counted from its least significant one. */
unsigned sevl_limbs_bit(const sevl_limb *number, size_t bit);

/* Return whether a is less than b, and whether a is zero. */
bool sevl_limbs_less(const sevl_limb *a, const sevl_limb *b, size_t count);
bool sevl_limbs_are_zero(const sevl_limb *a, size_t count);

/*
 * x = a + b and x = a - b; x may be a or b. Return the carry. With assembly for Arm
 * (port/cpu/bignum), `count` is a multiple of 4 and not 0, here and below.
 */
sevl_limb sevl_limbs_add(sevl_limb *x, const sevl_limb *a, const sevl_limb *b, size_t count);
sevl_limb sevl_limbs_subtract(sevl_limb *x, const sevl_limb *a, const sevl_limb *b, size_t count);

/* x += a if the mask's bits are all 1, x += 0 if they are all 0; without the carry. */
void sevl_limbs_add_masked(sevl_limb *x, const sevl_limb *a, sevl_limb mask, size_t count);

/* Makes a of b and b of a if the mask's bits are all 1; leaves them if they are all 0. */
void sevl_limbs_swap_masked(sevl_limb *a, sevl_limb *b, sevl_limb mask, size_t count);

/*
 * x += a b, for a and x of `count` limbs, which do not overlap; returns the carry. Where
 * crypto/montgomery.c is compiled, most time of a verification goes into it: see
 * SEVLAUNCH_BIGNUM in port/cpu/README.md.
 */
sevl_limb sevl_limbs_add_product(sevl_limb *x, const sevl_limb *a, sevl_limb b, size_t count);

/* The `inverse` of a modulus whose lowest limb this is. */
sevl_limb sevl_modulus_inverse(sevl_limb lowest);

/*
 * x = carry 2^(SEVL_LIMB_BITS m->count) + a modulo m, where that is less than twice m; x may
 * be a.
 */
void sevl_modulus_reduce(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                         sevl_limb carry);

/* x = a + b and x = a - b modulo m, for a and b less than m; x may be a or b. */
void sevl_modulus_add(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                      const sevl_limb *b);
void sevl_modulus_subtract(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                           const sevl_limb *b);

#endif
