/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Modular arithmetic on numbers of one limb, where the compiler's own division is the model. */
#include "crypto/montgomery.h"
#include "support.h"

#define HALF ((sevl_limb)1 << (SEVL_LIMB_BITS - 1))
#define STEPS 40

/* The least and the greatest that may be, and one in between. */
static const sevl_limb moduli[] = {HALF + 1, HALF + HALF / 2 + 3, (sevl_limb)0 - 1};
#define MODULI (sizeof moduli / sizeof *moduli)

static struct sevl_modulus modulus_of(const sevl_limb *limb)
{
    return (struct sevl_modulus){limb, 1, sevl_modulus_inverse(*limb)};
}

/* From 0 to the modulus less 1, close to both ends and in between. */
static sevl_limb nth_number(const struct sevl_modulus *m, size_t n)
{
    if (n < STEPS / 4)
        return n;
    if (n >= STEPS - STEPS / 4)
        return m->limbs[0] - (STEPS - n);
    return m->limbs[0] / STEPS * n;
}

static sevl_limb remainder_of(sevl_limbs2 number, const struct sevl_modulus *m)
{
    return (sevl_limb)(number % m->limbs[0]);
}

static void check_pair(const struct sevl_modulus *m, sevl_limb a, sevl_limb b)
{
    sevl_limb work[SEVL_MONTGOMERY_LIMBS(1)] = {5, 6, 7};
    sevl_limb x = 1;
    sevl_modulus_add(m, &x, &a, &b);
    assert_true(x == remainder_of((sevl_limbs2)a + b, m));
    sevl_modulus_subtract(m, &x, &a, &b);
    assert_true(x == remainder_of((sevl_limbs2)a + m->limbs[0] - b, m));
    sevl_montgomery_multiply(m, &x, &a, &b, work);
    assert_true(x < m->limbs[0]);
    assert_true(remainder_of((sevl_limbs2)x << SEVL_LIMB_BITS, m) ==
                remainder_of((sevl_limbs2)a * b, m));
}

/* The first factor may be any number. */
static void check_large_factor(const struct sevl_modulus *m, sevl_limb b)
{
    sevl_limb work[SEVL_MONTGOMERY_LIMBS(1)];
    const sevl_limb a = (sevl_limb)0 - 1;
    sevl_limb x;
    sevl_montgomery_multiply(m, &x, &a, &b, work);
    assert_true(x < m->limbs[0]);
    assert_true(remainder_of((sevl_limbs2)x << SEVL_LIMB_BITS, m) ==
                remainder_of((sevl_limbs2)a * b, m));
}

static void sums_and_products_are_those_of_the_model(void **state)
{
    (void)state;
    for (size_t i = 0; i < MODULI; i++) {
        struct sevl_modulus m = modulus_of(&moduli[i]);
        for (size_t b = 0; b < STEPS; b++) {
            check_large_factor(&m, nth_number(&m, b));
            for (size_t a = 0; a < STEPS; a++)
                check_pair(&m, nth_number(&m, a), nth_number(&m, b));
        }
    }
}

static void montgomerys_form_is_that_of_the_model(void **state)
{
    sevl_limb work[SEVL_MONTGOMERY_LIMBS(1)];
    (void)state;
    for (size_t i = 0; i < MODULI; i++) {
        struct sevl_modulus m = modulus_of(&moduli[i]);
        sevl_limb r = remainder_of((sevl_limbs2)1 << SEVL_LIMB_BITS, &m);
        sevl_limb x;
        sevl_montgomery_square_of_r(&m, &x, work);
        assert_true(x == remainder_of((sevl_limbs2)r * r, &m));
    }
}

/* In Montgomery's form, as powers are: x = base^exponent by as many multiplications. */
static void powers_are_products(void **state)
{
    sevl_limb work[SEVL_MONTGOMERY_LIMBS(1)];
    (void)state;
    for (size_t i = 0; i < MODULI; i++) {
        struct sevl_modulus m = modulus_of(&moduli[i]);
        sevl_limb base = moduli[i] / 3;
        sevl_limb product = base;
        for (sevl_limb exponent = 1; exponent < 20; exponent++) {
            sevl_limb x;
            sevl_montgomery_power(&m, &x, &base, &exponent, work);
            assert_true(x == product);
            sevl_montgomery_multiply(&m, &product, &product, &base, work);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_and_products_are_those_of_the_model),
        cmocka_unit_test(montgomerys_form_is_that_of_the_model),
        cmocka_unit_test(powers_are_products),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
