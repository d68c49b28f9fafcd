/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sevlaunch.h>
#include <string.h>

#include "crypto/p384_secret.h"
#include "support.h"
#include "tables.h"

#define PRODUCTS (sizeof p384_products / sizeof *p384_products)
#define WRONG_KEYS (sizeof ecdsa_wrong_keys / sizeof *ecdsa_wrong_keys)

static struct sevl_p384_secret memory;

/* Z of what is added first. */
static sevl_p384_number first_z;
static int additions;

void __real_sevl_p384_add(struct sevl_p384 *p384, struct sevl_p384_point *sum,
                          const struct sevl_p384_point *a, const struct sevl_p384_point *b);
void __wrap_sevl_p384_add(struct sevl_p384 *p384, struct sevl_p384_point *sum,
                          const struct sevl_p384_point *a, const struct sevl_p384_point *b);
void __wrap_sevl_p384_add(struct sevl_p384 *p384, struct sevl_p384_point *sum,
                          const struct sevl_p384_point *a, const struct sevl_p384_point *b)
{
    if (additions++ == 0)
        memcpy(first_z, a->z, sizeof first_z);
    __real_sevl_p384_add(p384, sum, a, b);
}

static const uint8_t blindings[][SEVL_P384_SIZE] = {{[SEVL_P384_SIZE - 1] = 1},
                                                    {[SEVL_P384_SIZE - 1] = 2},
                                                    {0x5a, 1, 2, 3},
                                                    {0xff, 0xff, 0x7f}};
#define BLINDINGS (sizeof blindings / sizeof *blindings)

/* What is in the memory before makes no difference; nothing is left in it. */
static enum sevl_result multiply(const uint8_t d[SEVL_P384_SIZE], const struct sevl_p384_key *point,
                                 const uint8_t blinding[SEVL_P384_SIZE],
                                 struct sevl_p384_key *product)
{
    memset(&memory, 0xa5, sizeof memory);
    additions = 0;
    enum sevl_result result = sevl_p384_secret_multiply(&memory, d, point, blinding, product);
    assert_true(is_zero(&memory, sizeof memory));
    return result;
}

static struct sevl_p384_key point_of(const struct known_product *known)
{
    struct sevl_p384_key point;
    memcpy(point.x, known->x, sizeof point.x);
    memcpy(point.y, known->y, sizeof point.y);
    return point;
}

static void assert_product(const struct known_product *known, const struct sevl_p384_key *product)
{
    assert_memory_equal(product->x, known->product_x, sizeof product->x);
    assert_memory_equal(product->y, known->product_y, sizeof product->y);
}

static void products_are_those_of_the_model(void **state)
{
    (void)state;
    for (size_t i = 0; i < PRODUCTS; i++)
        for (size_t k = 0; k < BLINDINGS; k++) {
            struct sevl_p384_key point = point_of(&p384_products[i]);
            assert_int_equal(multiply(p384_products[i].factor, &point, blindings[k], &point),
                             SEVL_OK);
            assert_product(&p384_products[i], &point);
        }
}

static void without_a_point_it_is_the_generator(void **state)
{
    (void)state;
    for (size_t i = 0; i < PRODUCTS; i += 2) {
        struct sevl_p384_key product;
        assert_int_equal(multiply(p384_products[i].factor, NULL, blindings[2], &product), SEVL_OK);
        assert_product(&p384_products[i], &product);
    }
}

/* A coordinate is what it stands for times Z. */
static void coordinates_are_blinded_from_the_first_step_on(void **state)
{
    (void)state;
    for (size_t k = 0; k < BLINDINGS; k++) {
        static struct sevl_p384 p384;
        struct sevl_p384_key point = point_of(&p384_products[0]);
        sevl_p384_number expected;
        assert_int_equal(multiply(p384_products[0].factor, &point, blindings[k], &point), SEVL_OK);
        sevl_p384_init(&p384);
        sevl_limbs_read(expected, SEVL_P384_LIMBS, blindings[k]);
        sevl_p384_to_field(&p384, expected, expected);
        assert_memory_equal(first_z, expected, sizeof expected);
    }
}

/* Adds a small number to that in bytes. */
static void add_to(uint8_t number[SEVL_P384_SIZE], int summand)
{
    for (size_t i = SEVL_P384_SIZE; i > 0; i--) {
        summand += number[i - 1];
        number[i - 1] = (uint8_t)summand;
        summand >>= 8;
    }
}

static void assert_refused(const struct sevl_p384_key *point, const uint8_t d[SEVL_P384_SIZE],
                           const uint8_t blinding[SEVL_P384_SIZE], enum sevl_result expected)
{
    struct sevl_p384_key product, before;
    memset(&product, 0xa5, sizeof product);
    before = product;
    assert_int_equal(multiply(d, point, blinding, &product), expected);
    assert_memory_equal(&product, &before, sizeof product);
}

/* n plus a summand. */
static void put_order(uint8_t number[SEVL_P384_SIZE], int summand)
{
    sevl_limbs_write(sevl_p384_n, SEVL_P384_LIMBS, number);
    add_to(number, summand);
}

static void a_private_key_is_from_1_to_n_less_1(void **state)
{
    uint8_t number[SEVL_P384_SIZE] = {0};
    (void)state;
    assert_false(sevl_p384_is_private_key(number));
    assert_refused(NULL, number, blindings[0], SEVL_ERROR_STATE);
    add_to(number, 1);
    assert_true(sevl_p384_is_private_key(number));
    for (int summand = -2; summand <= 2; summand++) {
        put_order(number, summand);
        assert_int_equal(sevl_p384_is_private_key(number), summand < 0);
        if (summand >= 0)
            assert_refused(NULL, number, blindings[0], SEVL_ERROR_STATE);
    }
    memset(number, 0xff, sizeof number);
    assert_false(sevl_p384_is_private_key(number));
    assert_refused(NULL, number, blindings[0], SEVL_ERROR_STATE);
    for (size_t i = 0; i < PRODUCTS; i++)
        assert_true(sevl_p384_is_private_key(p384_products[i].factor));
}

static void a_point_beside_the_curve_is_refused(void **state)
{
    static const uint8_t no_key[SEVL_P384_SIZE];
    (void)state;
    for (size_t i = 0; i < WRONG_KEYS; i++) {
        struct sevl_p384_key point;
        memcpy(point.x, ecdsa_wrong_keys[i].x, sizeof point.x);
        memcpy(point.y, ecdsa_wrong_keys[i].y, sizeof point.y);
        assert_refused(&point, p384_products[0].factor, blindings[0], SEVL_ERROR_ENCODING);
        assert_refused(&point, no_key, no_key, SEVL_ERROR_ENCODING); /* before d is used */
    }
}

/* 0 and p; p + 1 is 1. */
static void coordinates_are_not_blinded_by_0(void **state)
{
    struct sevl_p384_key point = point_of(&p384_products[0]);
    uint8_t blinding[SEVL_P384_SIZE] = {0};
    (void)state;
    assert_refused(&point, p384_products[0].factor, blinding, SEVL_ERROR_STATE);
    sevl_p384_init(&memory.p384);
    sevl_limbs_write(memory.p384.field.limbs, SEVL_P384_LIMBS, blinding);
    assert_refused(&point, p384_products[0].factor, blinding, SEVL_ERROR_STATE);
    add_to(blinding, 1);
    assert_int_equal(multiply(p384_products[0].factor, &point, blinding, &point), SEVL_OK);
    assert_product(&p384_products[0], &point);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_those_of_the_model),
        cmocka_unit_test(without_a_point_it_is_the_generator),
        cmocka_unit_test(coordinates_are_blinded_from_the_first_step_on),
        cmocka_unit_test(a_private_key_is_from_1_to_n_less_1),
        cmocka_unit_test(a_point_beside_the_curve_is_refused),
        cmocka_unit_test(coordinates_are_not_blinded_by_0),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
