/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does a secret number times a point of P-384 give what it gives with OpenSSL: at the edges of
 * numbers and for others, for the generator and other points, and whatever the blinding?
 */
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <string.h>

#include "crypto/p384_secret.h"
#include "require.h"
#include "seeded.h"

#define SIZE SEVL_P384_SIZE
#define ROUNDS 400

static EC_GROUP *group;
static BN_CTX *context;
static unsigned products, refused;

static void put_point(struct sevl_p384_key *key, const EC_POINT *point)
{
    BIGNUM *x = BN_new(), *y = BN_new();
    REQUIRE(EC_POINT_get_affine_coordinates(group, point, x, y, context) == 1);
    REQUIRE(BN_bn2binpad(x, key->x, SIZE) == SIZE);
    REQUIRE(BN_bn2binpad(y, key->y, SIZE) == SIZE);
    BN_free(x);
    BN_free(y);
}

/* From 0, from n - 4 and from 2^384 - n - 4 on; and the last ones of all. */
static void put_edge(uint8_t bytes[SIZE], size_t which)
{
    const BIGNUM *n = EC_GROUP_get0_order(group);
    BIGNUM *number = BN_new();
    memset(bytes, 0xff, SIZE);
    if (which == 1)
        REQUIRE(BN_copy(number, n) != NULL && BN_sub_word(number, 4) == 1);
    else if (which > 1)
        REQUIRE(BN_bin2bn(bytes, SIZE, number) != NULL && BN_sub_word(number, 7) == 1);
    if (which == 2)
        REQUIRE(BN_sub(number, number, n) == 1);
    REQUIRE(BN_add_word(number, seeded_below(8)) == 1);
    REQUIRE(BN_bn2binpad(number, bytes, SIZE) == SIZE);
    BN_free(number);
}

/* Edges, runs of ones and zeros, and others. */
static void any_number(uint8_t bytes[SIZE])
{
    size_t kind = seeded_below(8);
    seeded_fill(bytes, SIZE);
    for (size_t i = 0; kind < 6 && i < SIZE; i += 4)
        memset(bytes + i, seeded_below(2) == 0 ? 0 : 0xff, 4);
    if (kind < 4)
        put_edge(bytes, kind);
}

static void compare(const uint8_t d[SIZE], const EC_POINT *point, bool is_generator)
{
    struct sevl_p384_secret memory;
    struct sevl_p384_key key, product, expected;
    uint8_t blinding[SIZE];
    BIGNUM *number = BN_bin2bn(d, SIZE, NULL);
    EC_POINT *theirs = EC_POINT_new(group);
    bool is_key = !BN_is_zero(number) && BN_cmp(number, EC_GROUP_get0_order(group)) < 0;
    seeded_fill(blinding, SIZE);
    put_point(&key, point);
    enum sevl_result result =
        sevl_p384_secret_multiply(&memory, d, is_generator ? NULL : &key, blinding, &product);
    REQUIRE(result == (is_key ? SEVL_OK : SEVL_ERROR_STATE));
    REQUIRE(sevl_p384_is_private_key(d) == is_key);
    refused += is_key ? 0 : 1;
    if (is_key) {
        products++;
        REQUIRE(EC_POINT_mul(group, theirs, NULL, point, number, context) == 1);
        put_point(&expected, theirs);
        REQUIRE(memcmp(&product, &expected, sizeof expected) == 0);
    }
    EC_POINT_free(theirs);
    BN_free(number);
}

static void compare_any(EC_POINT *point)
{
    uint8_t d[SIZE];
    BIGNUM *number = BN_new();
    any_number(d);
    compare(d, EC_GROUP_get0_generator(group), true);
    any_number(d);
    REQUIRE(BN_bin2bn(d, SIZE, number) != NULL);
    REQUIRE(EC_POINT_mul(group, point, number, NULL, NULL, context) == 1);
    any_number(d);
    if (EC_POINT_is_at_infinity(group, point) == 0)
        compare(d, point, false);
    BN_free(number);
}

int main(void)
{
    group = EC_GROUP_new_by_curve_name(NID_secp384r1);
    context = BN_CTX_new();
    REQUIRE(group != NULL && context != NULL);
    EC_POINT *point = EC_POINT_new(group);
    REQUIRE(point != NULL);
    printf("seed %llu\n", (unsigned long long)SEED);
    for (size_t i = 0; i < ROUNDS; i++)
        compare_any(point);
    printf("%u products, %u numbers refused: both agree\n", products, refused);
    EC_POINT_free(point);
    BN_CTX_free(context);
    EC_GROUP_free(group);
    return products > ROUNDS && refused > 100 ? 0 : 1;
}
