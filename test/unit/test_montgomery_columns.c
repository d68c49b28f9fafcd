/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Montgomery's multiplication by columns, beside that by rows, for any number of limbs. */
#include <string.h>

#include "crypto/montgomery.h"
#include "support.h"

#define LIMBS_MAX 64
#define ROUNDS 40

/* The other one, under a name of its own. */
void multiply_by_rows(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                      const sevl_limb *b, sevl_limb *work);
#define sevl_montgomery_multiply multiply_by_rows
#include "crypto/montgomery.c"
#undef sevl_montgomery_multiply

static uint64_t state = 56860;

/* xorshift64 */
static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* Limbs of ones, of zeros, and others. */
static void any_limbs(sevl_limb *limbs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint64_t choices[] = {0, UINT64_MAX, next_random()};
        limbs[i] = (sevl_limb)choices[next_random() % 3];
    }
}

static void any_modulus(struct sevl_modulus *m, sevl_limb *limbs, size_t count)
{
    any_limbs(limbs, count);
    limbs[0] |= 1;
    limbs[count - 1] |= (sevl_limb)1 << (SEVL_LIMB_BITS - 1);
    *m = (struct sevl_modulus){limbs, count, sevl_modulus_inverse(limbs[0])};
}

static void assert_products(const struct sevl_modulus *m, const sevl_limb *a, const sevl_limb *b)
{
    sevl_limb work[SEVL_MONTGOMERY_LIMBS(LIMBS_MAX)];
    sevl_limb expected[LIMBS_MAX], x[LIMBS_MAX];
    size_t size = m->count * sizeof *x;
    multiply_by_rows(m, expected, a, b, work);
    sevl_montgomery_multiply(m, x, a, b, work);
    assert_memory_equal(x, expected, size);
    memcpy(x, a, size); /* in its place */
    sevl_montgomery_multiply(m, x, x, a == b ? x : b, work);
    assert_memory_equal(x, expected, size);
}

static void products_and_squares_are_those_by_rows(void **unused)
{
    sevl_limb limbs[LIMBS_MAX], a[LIMBS_MAX], b[LIMBS_MAX];
    struct sevl_modulus m;
    (void)unused;
    for (size_t count = 1; count <= LIMBS_MAX; count++)
        for (size_t i = 0; i < ROUNDS; i++) {
            any_modulus(&m, limbs, count);
            any_limbs(a, count); /* any number may be the first factor */
            any_limbs(b, count);
            sevl_modulus_reduce(&m, b, b, 0);
            assert_products(&m, a, b);
            assert_products(&m, b, b);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_and_squares_are_those_by_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
