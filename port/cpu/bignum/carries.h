/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Sums of six limbs, and columns of products, on CPUs with 64 bits. On x86-64 they are in
 * assembly, since GCC 12 makes twice as many instructions of a carry in C.
 */
#ifndef SEVLAUNCH_CARRIES_H
#define SEVLAUNCH_CARRIES_H

#include "base/compiler.h"
#include "crypto/limbs.h"

#define SIX 6

/* What the products of one column add up to, with its carries. */
struct column {
    sevl_limb low, middle, high;
};

SEVL_INLINE sevl_limb shift_column(struct column *column)
{
    sevl_limb low = column->low;
    *column = (struct column){column->middle, column->high, 0};
    return low;
}

/* sum += column */
SEVL_INLINE void add_column(struct column *sum, const struct column *column)
{
    sevl_limbs2 low = (sevl_limbs2)sum->low + column->low;
    sevl_limbs2 middle = (low >> SEVL_LIMB_BITS) + sum->middle + column->middle;
    sum->low = (sevl_limb)low;
    sum->middle = (sevl_limb)middle;
    sum->high += column->high + (sevl_limb)(middle >> SEVL_LIMB_BITS);
}

#if defined(__x86_64__) && !defined(SEVLAUNCH_BIGNUM_IN_C)

SEVL_INLINE void add_to_column(struct column *column, sevl_limb a, sevl_limb b)
{
    __asm__("mulq %4\n\t"
            "addq %%rax, %0\n\t"
            "adcq %%rdx, %1\n\t"
            "adcq $0, %2"
            : "+&r"(column->low), "+&r"(column->middle), "+&r"(column->high), "+&a"(a)
            : "rm"(b)
            : "rdx", "cc");
}

#define SIX_LIMBS(x) "+&r"(x[0]), "+&r"(x[1]), "+&r"(x[2]), "+&r"(x[3]), "+&r"(x[4]), "+&r"(x[5])
#define SIX_TERMS(a) "rme"(a[0]), "rme"(a[1]), "rme"(a[2]), "rme"(a[3]), "rme"(a[4]), "rme"(a[5])

/* x += a and x -= a; return the carry. */
SEVL_INLINE sevl_limb add_six(sevl_limb x[SIX], const sevl_limb a[SIX])
{
    sevl_limb carry = 0;
    __asm__("addq %7, %0\n\t"
            "adcq %8, %1\n\t"
            "adcq %9, %2\n\t"
            "adcq %10, %3\n\t"
            "adcq %11, %4\n\t"
            "adcq %12, %5\n\t"
            "adcq $0, %6"
            : SIX_LIMBS(x), "+&r"(carry)
            : SIX_TERMS(a)
            : "cc");
    return carry;
}

SEVL_INLINE sevl_limb subtract_six(sevl_limb x[SIX], const sevl_limb a[SIX])
{
    sevl_limb carry = 0;
    __asm__("subq %7, %0\n\t"
            "sbbq %8, %1\n\t"
            "sbbq %9, %2\n\t"
            "sbbq %10, %3\n\t"
            "sbbq %11, %4\n\t"
            "sbbq %12, %5\n\t"
            "adcq $0, %6"
            : SIX_LIMBS(x), "+&r"(carry)
            : SIX_TERMS(a)
            : "cc");
    return carry;
}

#else

SEVL_INLINE void add_to_column(struct column *column, sevl_limb a, sevl_limb b)
{
    sevl_limbs2 product = (sevl_limbs2)a * b + column->low;
    column->low = (sevl_limb)product;
    product = (product >> SEVL_LIMB_BITS) + column->middle;
    column->middle = (sevl_limb)product;
    column->high += (sevl_limb)(product >> SEVL_LIMB_BITS);
}

/* x += a and x -= a; return the carry. */
SEVL_INLINE sevl_limb add_six(sevl_limb x[SIX], const sevl_limb a[SIX])
{
    sevl_limb carry = 0;
#pragma GCC unroll 6
    for (size_t i = 0; i < SIX; i++) {
        sevl_limbs2 sum = (sevl_limbs2)x[i] + a[i] + carry;
        x[i] = (sevl_limb)sum;
        carry = (sevl_limb)(sum >> SEVL_LIMB_BITS);
    }
    return carry;
}

SEVL_INLINE sevl_limb subtract_six(sevl_limb x[SIX], const sevl_limb a[SIX])
{
    sevl_limb carry = 0;
#pragma GCC unroll 6
    for (size_t i = 0; i < SIX; i++) {
        sevl_limbs2 difference = (sevl_limbs2)x[i] - a[i] - carry;
        x[i] = (sevl_limb)difference;
        carry = (sevl_limb)(difference >> SEVL_LIMB_BITS) & 1;
    }
    return carry;
}

#endif

/* product = a b */
SEVL_INLINE void multiply_six(sevl_limb product[2 * SIX], const sevl_limb *a, const sevl_limb *b)
{
    struct column column = {0, 0, 0};
#pragma GCC unroll 12
    for (size_t k = 0; k < 2 * SIX - 1; k++) {
#pragma GCC unroll 6
        for (size_t i = k < SIX ? 0 : k - SIX + 1; i <= (k < SIX ? k : SIX - 1); i++)
            add_to_column(&column, a[i], b[k - i]);
        product[k] = shift_column(&column);
    }
    product[2 * SIX - 1] = column.low;
}

#endif
