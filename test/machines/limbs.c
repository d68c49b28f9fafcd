/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Do rows of large numbers in assembly give what the plain C gives, carries at every place
 * among them, and keep what is not theirs? Prints what they do not do.
 */
#include "crypto/limbs.h"

#include <string.h>

#include "assembly.h"

#define COUNT_MAX 128
#define GUARD 0x5a17c0deu
#define ROUNDS 40

/* The plain C, which this build compiles under these names. */
sevl_limb plain_add(sevl_limb *x, const sevl_limb *a, const sevl_limb *b, size_t count);
sevl_limb plain_subtract(sevl_limb *x, const sevl_limb *a, const sevl_limb *b, size_t count);
void plain_add_masked(sevl_limb *x, const sevl_limb *a, sevl_limb mask, size_t count);
sevl_limb plain_add_product(sevl_limb *x, const sevl_limb *a, sevl_limb b, size_t count);

typedef sevl_limb sums(sevl_limb *x, const sevl_limb *a, const sevl_limb *b, size_t count);

/* A number, and a limb after it that nobody may write. */
typedef sevl_limb number[COUNT_MAX + 1];

static const size_t counts[] = {4, 8, 12, 24, COUNT_MAX};
#define COUNTS (sizeof counts / sizeof *counts)

/* Limbs whose sums and products carry, or just do not. */
static const sevl_limb edges[] = {0,          1,          0xffffffff, 0xfffffffe, 0x80000000,
                                  0x7fffffff, 0x0000ffff, 0xffff0000, 0x00010000, 0xffff0001};
#define EDGES (sizeof edges / sizeof *edges)

static uint32_t random_state = 55766;

static sevl_limb random_limb(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 16 | random_state << 16;
}

enum kind { ALL_OF_ONE_EDGE, ONE_BIT, EDGES_AT_RANDOM, ANY, KINDS };

static void fill(number limbs, size_t count, enum kind kind)
{
    sevl_limb edge = edges[random_limb() % EDGES];
    for (size_t i = 0; i < count; i++) {
        if (kind == EDGES_AT_RANDOM)
            edge = edges[random_limb() % EDGES];
        limbs[i] = kind == ANY ? random_limb() : edge;
    }
    if (kind == ONE_BIT) {
        memset(limbs, 0, count * sizeof *limbs);
        limbs[random_limb() % count] = (sevl_limb)1 << random_limb() % SEVL_LIMB_BITS;
    }
    limbs[count] = GUARD;
}

static bool are_equal(const number a, const number b, size_t count)
{
    return memcmp(a, b, (count + 1) * sizeof *a) == 0;
}

static number x, expected;

/* With a result of its own, or in the place of the number that `x` is a copy of. */
static bool gives_the_sum(sums *ours, sums *theirs, const number a, const number b, size_t count)
{
    memcpy(expected, a, sizeof expected);
    sevl_limb carry = theirs(expected, a, b, count);
    memcpy(x, b, sizeof x);
    if (ours(x, a, b, count) != carry || !are_equal(x, expected, count))
        return false;
    memcpy(x, a, sizeof x);
    if (ours(x, x, b, count) != carry || !are_equal(x, expected, count))
        return false;
    memcpy(x, b, sizeof x);
    return ours(x, a, x, count) == carry && are_equal(x, expected, count);
}

static bool gives_the_masked_sum(const number a, const number b, sevl_limb mask, size_t count)
{
    memcpy(x, b, sizeof x);
    memcpy(expected, b, sizeof expected);
    plain_add_masked(expected, a, mask, count);
    sevl_limbs_add_masked(x, a, mask, count);
    return are_equal(x, expected, count);
}

static bool gives_the_product(const number a, const number b, sevl_limb factor, size_t count)
{
    memcpy(x, b, sizeof x);
    memcpy(expected, b, sizeof expected);
    sevl_limb carry = plain_add_product(expected, a, factor, count);
    return sevl_limbs_add_product(x, a, factor, count) == carry && are_equal(x, expected, count);
}

static bool gives_products(const number a, const number b, size_t count)
{
    for (size_t i = 0; i < EDGES; i++)
        if (!gives_the_product(a, b, edges[i], count))
            return false;
    for (size_t bit = 0; bit < SEVL_LIMB_BITS; bit++)
        if (!gives_the_product(a, b, (sevl_limb)1 << bit, count))
            return false;
    return gives_the_product(a, b, random_limb(), count);
}

static bool gives_all(size_t count, enum kind kind_a, enum kind kind_b)
{
    static number a, b, a_before, b_before;
    fill(a, count, kind_a);
    fill(b, count, kind_b);
    memcpy(a_before, a, sizeof a);
    memcpy(b_before, b, sizeof b);
    return gives_the_sum(sevl_limbs_add, plain_add, a, b, count) &&
           gives_the_sum(sevl_limbs_subtract, plain_subtract, a, b, count) &&
           gives_the_masked_sum(a, b, 0, count) &&
           gives_the_masked_sum(a, b, (sevl_limb)0 - 1, count) && gives_products(a, b, count) &&
           are_equal(a, a_before, count) && are_equal(b, b_before, count);
}

static bool gives_the_same(void)
{
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < COUNTS * KINDS * KINDS; i++)
            if (!gives_all(counts[i % COUNTS], (enum kind)(i / COUNTS % KINDS),
                           (enum kind)(i / COUNTS / KINDS)))
                return false;
    return true;
}

static bool keeps_registers(void)
{
    return KEEPS_REGISTERS(sevl_limbs_add, x, x, expected) &&
           KEEPS_REGISTERS(sevl_limbs_subtract, x, x, expected) &&
           KEEPS_REGISTERS(sevl_limbs_add_masked, x, x, expected) &&
           KEEPS_REGISTERS(sevl_limbs_add_product, x, x, expected);
}

int app_main(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    if (!gives_the_same())
        return REFUSE("other numbers than those of the plain C");
    if (!keeps_registers())
        return REFUSE("a register of its caller changed");
    return 0;
}
