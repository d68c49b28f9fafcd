/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The multiplication by a secret number around its arithmetic, with numbers of two limbs of 8
 * bits and points that are numbers modulo n: the product is d times the point for every d in 1
 * to n - 1, the point is read before d is, and the memory is 0 after every end.
 */
#include "limbs_model.h"

#include <string.h>

#include <core/crypto/p384_secret.c>

const sevl_p384_number sevl_p384_n = {CASE == 0 ? 0x03 : 0xf1, CASE == 0 ? 0x80 : 0xff};
static const uint8_t field_p[SEVL_P384_LIMBS] = {0xfb, 0xff};

/* A point is as many times the one that is read as its x has. */
const struct sevl_p384_point sevl_p384_generator = {{1}, {2}, {3}};

static struct sevl_p384_secret memory;
static bool point_is_right, blinds_by_0, is_read;

static uint32_t number_of(const sevl_limb *limbs)
{
    return value_of(limbs, SEVL_P384_LIMBS);
}

void sevl_wipe(void *bytes, size_t size)
{
    memset(bytes, 0, size);
}

void sevl_p384_init(struct sevl_p384 *p384)
{
    p384->field = (struct sevl_modulus){field_p, SEVL_P384_LIMBS, 0};
    p384->order = (struct sevl_modulus){sevl_p384_n, SEVL_P384_LIMBS, 0};
}

bool sevl_p384_read(struct sevl_p384 *p384, struct sevl_p384_point *point,
                    const uint8_t x[SEVL_P384_SIZE], const uint8_t y[SEVL_P384_SIZE])
{
    (void)p384;
    PROVE(y == x + SEVL_P384_SIZE);
    PROVE(number_of(memory.scalar) == 0xa5a5);
    is_read = true;
    *point = sevl_p384_generator;
    return point_is_right;
}

void sevl_p384_to_field(struct sevl_p384 *p384, sevl_p384_number x, const sevl_p384_number number)
{
    (void)p384;
    (void)number;
    memset(x, 0, SEVL_P384_LIMBS);
    x[1] = blinds_by_0 ? 0 : 7;
}

void sevl_p384_add(struct sevl_p384 *p384, struct sevl_p384_point *sum,
                   const struct sevl_p384_point *a, const struct sevl_p384_point *b)
{
    (void)p384;
    uint32_t n = number_of(sevl_p384_n);
    uint32_t total = number_of(a->x) + number_of(b->x);
    total = total < n ? total : total - n;
    sum->x[0] = (uint8_t)total;
    sum->x[1] = (uint8_t)(total >> 8);
}

static unsigned multiplied_x, multiplied_y, multiplied_z;

/* No factor changes a point: X, Y and Z get that which blinds, X and Y then that of the inverse. */
void sevl_montgomery_multiply(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *a,
                              const sevl_limb *b, sevl_limb *work)
{
    PROVE(m == &memory.p384.field && x == a && work == memory.p384.work);
    PROVE(b == memory.next.x || number_of(b) == 1);
    multiplied_x += x == memory.multiple.x ? 1 : 0;
    multiplied_y += x == memory.multiple.y ? 1 : 0;
    multiplied_z += x == memory.multiple.z ? 1 : 0;
}

void sevl_montgomery_power(const struct sevl_modulus *m, sevl_limb *x, const sevl_limb *base,
                           const sevl_limb *exponent, sevl_limb *work)
{
    PROVE(m == &memory.p384.field && x != base && x != exponent && work == memory.p384.work);
    PROVE(base == memory.multiple.z && number_of(exponent) == number_of(field_p) - 2);
}

static uint32_t number_in(const uint8_t bytes[SEVL_P384_SIZE])
{
    return bytes[0] * 256u + bytes[1];
}

int main(void)
{
    uint8_t d[SEVL_P384_SIZE], blinding[SEVL_P384_SIZE];
    struct sevl_p384_key point, product = {{0xc3, 0xc3}, {0xc3, 0xc3}};
    size_t at = any_below(sizeof memory);
    memset(&memory, 0xa5, sizeof memory);
    point_is_right = nondet_bool();
    blinds_by_0 = nondet_bool();
    bool has_point = nondet_bool();
    bool is_key = number_in(d) > 0 && number_in(d) < number_of(sevl_p384_n);

    enum sevl_result result =
        sevl_p384_secret_multiply(&memory, d, has_point ? &point : NULL, blinding, &product);

    REACHES(result == SEVL_OK && number_in(d) == 1);
    REACHES(result == SEVL_OK && number_in(d) == number_of(sevl_p384_n) - 1);
    PROVE(is_read == has_point);
    PROVE((result == SEVL_ERROR_ENCODING) == (has_point && !point_is_right));
    PROVE(result == SEVL_ERROR_ENCODING ||
          result == (is_key && !blinds_by_0 ? SEVL_OK : SEVL_ERROR_STATE));
    PROVE(number_in(product.x) == (result == SEVL_OK ? number_in(d) : 0xc3c3));
    PROVE(result == SEVL_OK || number_in(product.y) == 0xc3c3);
    PROVE(result != SEVL_OK || (multiplied_x == 2 && multiplied_y == 2 && multiplied_z == 1));
    PROVE(((const uint8_t *)&memory)[at] == 0);
    PROVE(sevl_p384_is_private_key(d) == is_key);
}
