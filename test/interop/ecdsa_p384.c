/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Is a signature on P-384 good for this project exactly where it is for OpenSSL and for Mbed
 * TLS's own ECDSA? Signatures are made for chosen factors u1 and u2, with R = u1 G + u2 Q, so
 * that all edges that Project Wycheproof names can be reached; then parts of them are broken.
 */
#include <mbedtls/ecdsa.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <string.h>

#include "crypto/ecdsa_p384.h"
#include "require.h"
#include "seeded.h"

#define SIZE SEVL_P384_SIZE
#define ROUNDS 300

struct signature {
    uint8_t x[SIZE], y[SIZE], hash[SIZE], r[SIZE], s[SIZE];
};

static struct {
    EC_GROUP *group;
    BN_CTX *context;
    const BIGNUM *n;
    BIGNUM *p;
    const EC_POINT *generator;
    mbedtls_ecp_group mbedtls_group;
} curve;

static struct {
    unsigned good, bad, no_key;
    unsigned above_n; /* good, and the sum's x is r + n */
} verdicts;

static BIGNUM *new_number(void)
{
    BIGNUM *number = BN_new();
    REQUIRE(number != NULL);
    return number;
}

static EC_POINT *new_point(void)
{
    EC_POINT *point = EC_POINT_new(curve.group);
    REQUIRE(point != NULL);
    return point;
}

static void put(uint8_t bytes[SIZE], const BIGNUM *number)
{
    REQUIRE(BN_bn2binpad(number, bytes, SIZE) == SIZE);
}

static BIGNUM *taken(const uint8_t bytes[SIZE])
{
    BIGNUM *number = BN_bin2bn(bytes, SIZE, NULL);
    REQUIRE(number != NULL);
    return number;
}

static void open_curve(void)
{
    curve.group = EC_GROUP_new_by_curve_name(NID_secp384r1);
    curve.context = BN_CTX_new();
    REQUIRE(curve.group != NULL && curve.context != NULL);
    curve.n = EC_GROUP_get0_order(curve.group);
    curve.generator = EC_GROUP_get0_generator(curve.group);
    curve.p = new_number();
    REQUIRE(EC_GROUP_get_curve(curve.group, curve.p, NULL, NULL, curve.context) == 1);
    mbedtls_ecp_group_init(&curve.mbedtls_group);
    REQUIRE(mbedtls_ecp_group_load(&curve.mbedtls_group, MBEDTLS_ECP_DP_SECP384R1) == 0);
}

static void close_curve(void)
{
    mbedtls_ecp_group_free(&curve.mbedtls_group);
    BN_free(curve.p);
    BN_CTX_free(curve.context);
    EC_GROUP_free(curve.group);
}

static enum sevl_result own_verdict(const struct signature *given)
{
    static struct sevl_ecdsa_p384 memory;
    struct sevl_p384_key key;
    struct sevl_p384_signature signature;
    memcpy(key.x, given->x, SIZE);
    memcpy(key.y, given->y, SIZE);
    memcpy(signature.r, given->r, SIZE);
    memcpy(signature.s, given->s, SIZE);
    return sevl_ecdsa_p384_verify(&memory, &key, given->hash, &signature);
}

static enum sevl_result openssl_verdict(const struct signature *given)
{
    EC_KEY *key = EC_KEY_new();
    ECDSA_SIG *signature = ECDSA_SIG_new();
    BIGNUM *x = taken(given->x), *y = taken(given->y);
    REQUIRE(EC_KEY_set_group(key, curve.group) == 1);
    REQUIRE(ECDSA_SIG_set0(signature, taken(given->r), taken(given->s)) == 1);
    enum sevl_result result = SEVL_ERROR_ENCODING;
    if (EC_KEY_set_public_key_affine_coordinates(key, x, y) == 1)
        result =
            ECDSA_do_verify(given->hash, SIZE, signature, key) == 1 ? SEVL_MATCH : SEVL_MISMATCH;
    BN_free(x);
    BN_free(y);
    ECDSA_SIG_free(signature);
    EC_KEY_free(key);
    return result;
}

static enum sevl_result mbedtls_verdict(const struct signature *given)
{
    uint8_t point[1 + 2 * SIZE] = {4};
    mbedtls_ecp_point key;
    mbedtls_mpi r, s;
    mbedtls_ecp_point_init(&key);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    memcpy(point + 1, given->x, SIZE);
    memcpy(point + 1 + SIZE, given->y, SIZE);
    REQUIRE(mbedtls_mpi_read_binary(&r, given->r, SIZE) == 0);
    REQUIRE(mbedtls_mpi_read_binary(&s, given->s, SIZE) == 0);
    enum sevl_result result = SEVL_ERROR_ENCODING;
    if (mbedtls_ecp_point_read_binary(&curve.mbedtls_group, &key, point, sizeof point) == 0 &&
        mbedtls_ecp_check_pubkey(&curve.mbedtls_group, &key) == 0)
        result = mbedtls_ecdsa_verify(&curve.mbedtls_group, given->hash, SIZE, &key, &r, &s) == 0
                     ? SEVL_MATCH
                     : SEVL_MISMATCH;
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_ecp_point_free(&key);
    return result;
}

static enum sevl_result agreed(const struct signature *given)
{
    enum sevl_result result = own_verdict(given);
    REQUIRE(result == openssl_verdict(given));
    REQUIRE(result == mbedtls_verdict(given));
    if (result == SEVL_MATCH)
        verdicts.good++;
    else if (result == SEVL_MISMATCH)
        verdicts.bad++;
    else
        verdicts.no_key++;
    return result;
}

/* 0, 1, 2, 3 and 2^383; limits - 3 to limits + 1; runs of ones and zeros; and others. */
static BIGNUM *any_number(const BIGNUM *limit)
{
    uint8_t bytes[SIZE];
    BIGNUM *number = new_number();
    size_t kind = seeded_below(12);
    if (kind < 2) {
        REQUIRE(BN_set_word(number, seeded_below(4)) == 1);
    } else if (kind < 4) {
        REQUIRE(BN_copy(number, limit) != NULL && BN_sub_word(number, 1 + seeded_below(3)) == 1);
    } else {
        seeded_fill(bytes, SIZE);
        for (size_t i = 0; kind < 8 && i < SIZE; i += 4)
            memset(bytes + i, seeded_below(2) == 0 ? 0 : 0xff, 4);
        if (kind == 4)
            memset(bytes, 0, SIZE / 2);
        REQUIRE(BN_bin2bn(bytes, SIZE, number) != NULL);
    }
    REQUIRE(BN_nnmod(number, number, limit, curve.context) == 1);
    return number;
}

static void put_key(struct signature *made, const EC_POINT *key)
{
    BIGNUM *x = new_number(), *y = new_number();
    REQUIRE(EC_POINT_get_affine_coordinates(curve.group, key, x, y, curve.context) == 1);
    put(made->x, x);
    put(made->y, y);
    BN_free(x);
    BN_free(y);
}

/* s = r / u2, hash = u1 s modulo n: what they have to be for these factors. */
static bool put_numbers(struct signature *made, const BIGNUM *r, const BIGNUM *u1, const BIGNUM *u2)
{
    BIGNUM *s = BN_is_zero(u2) ? NULL : BN_mod_inverse(NULL, u2, curve.n, curve.context);
    if (s == NULL)
        return false;
    REQUIRE(BN_mod_mul(s, s, r, curve.n, curve.context) == 1);
    put(made->r, r);
    put(made->s, s);
    REQUIRE(BN_mod_mul(s, s, u1, curve.n, curve.context) == 1);
    put(made->hash, s);
    BN_free(s);
    return true;
}

/* Returns false where u2 is 0; where the sum is neutral, r is one that is never good. */
static bool sign_by_key(struct signature *made, const EC_POINT *key, const BIGNUM *u1,
                        const BIGNUM *u2, bool *is_neutral)
{
    EC_POINT *sum = new_point();
    BIGNUM *r = new_number();
    REQUIRE(EC_POINT_mul(curve.group, sum, u1, key, u2, curve.context) == 1);
    put_key(made, key);
    REQUIRE(BN_one(r) == 1);
    *is_neutral = EC_POINT_is_at_infinity(curve.group, sum) == 1;
    if (!*is_neutral) {
        REQUIRE(EC_POINT_get_affine_coordinates(curve.group, sum, r, NULL, curve.context) == 1);
        REQUIRE(BN_nnmod(r, r, curve.n, curve.context) == 1);
    }
    bool done = put_numbers(made, r, u1, u2);
    EC_POINT_free(sum);
    BN_free(r);
    return done;
}

/* For a sum with this x: the key is what is left, (R - u1 G) / u2. */
static bool sign_by_sum(struct signature *made, const BIGNUM *x, const BIGNUM *u1, const BIGNUM *u2)
{
    EC_POINT *sum = new_point(), *key = new_point();
    BIGNUM *inverse = BN_is_zero(u2) ? NULL : BN_mod_inverse(NULL, u2, curve.n, curve.context);
    BIGNUM *factor = new_number(), *r = new_number();
    bool done = inverse != NULL &&
                EC_POINT_set_compressed_coordinates(curve.group, sum, x, (int)seeded_below(2),
                                                    curve.context) == 1;
    if (done) {
        REQUIRE(BN_mod_mul(factor, u1, inverse, curve.n, curve.context) == 1);
        REQUIRE(BN_sub(factor, curve.n, factor) == 1);
        REQUIRE(EC_POINT_mul(curve.group, key, factor, sum, inverse, curve.context) == 1);
        REQUIRE(BN_nnmod(r, x, curve.n, curve.context) == 1);
        done = !EC_POINT_is_at_infinity(curve.group, key) && put_numbers(made, r, u1, u2);
    }
    if (done)
        put_key(made, key);
    BN_free(r);
    BN_free(factor);
    BN_free(inverse);
    EC_POINT_free(key);
    EC_POINT_free(sum);
    return done;
}

/* A number of a signature, or the hash, becomes another one with the same remainder. */
static void add_order(uint8_t bytes[SIZE])
{
    BIGNUM *number = taken(bytes);
    REQUIRE(BN_add(number, number, curve.n) == 1);
    if (BN_num_bits(number) <= 8 * SIZE)
        put(bytes, number);
    BN_free(number);
}

static void check_broken(const struct signature *good)
{
    struct signature broken = *good;
    uint8_t *const parts[] = {broken.x, broken.y, broken.hash, broken.r, broken.s};
    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
        broken = *good;
        seeded_flip(parts[part], SIZE);
        REQUIRE(agreed(&broken) != SEVL_MATCH);
    }
    broken = *good;
    BIGNUM *s = taken(good->s);
    REQUIRE(BN_sub(s, curve.n, s) == 1);
    put(broken.s, s); /* the other signature with this r */
    REQUIRE(agreed(&broken) == SEVL_MATCH);
    BN_free(s);
    add_order(broken.hash); /* the same hash, modulo n */
    REQUIRE(agreed(&broken) == SEVL_MATCH);
    add_order(broken.r);
    (void)agreed(&broken);
}

/* Of d generators, which is not 0, or with d as its x, where the curve has such a point. */
static bool choose_key(EC_POINT *key, const BIGNUM *d, bool is_x)
{
    if (is_x)
        return EC_POINT_set_compressed_coordinates(curve.group, key, d, (int)seeded_below(2),
                                                   curve.context) == 1;
    REQUIRE(EC_POINT_mul(curve.group, key, d, NULL, NULL, curve.context) == 1);
    return !EC_POINT_is_at_infinity(curve.group, key);
}

static void check_keys_and_factors(void)
{
    for (size_t i = 0; i < ROUNDS; i++) {
        struct signature made;
        bool is_neutral;
        EC_POINT *key = new_point();
        BIGNUM *d = any_number(curve.n), *u1 = any_number(curve.n), *u2 = any_number(curve.n);
        if (i % 10 == 0) /* the sum is neutral: u1 = - d u2 */
            REQUIRE(BN_mod_mul(u1, d, u2, curve.n, curve.context) == 1 &&
                    BN_sub(u1, curve.n, u1) == 1);
        if (choose_key(key, d, i % 2 == 1) && sign_by_key(&made, key, u1, u2, &is_neutral)) {
            REQUIRE((agreed(&made) == SEVL_MATCH) == !is_neutral);
            if (!is_neutral)
                check_broken(&made);
        }
        EC_POINT_free(key);
        BN_free(u2);
        BN_free(u1);
        BN_free(d);
    }
}

/* The factors that make the signature's s and the hash the two numbers that these are before. */
static bool divide_by_s(BIGNUM *hash_and_u1, BIGNUM *s_and_u2, const BIGNUM *x)
{
    if (BN_is_zero(s_and_u2))
        return false;
    REQUIRE(BN_mod_inverse(s_and_u2, s_and_u2, curve.n, curve.context) != NULL);
    REQUIRE(BN_mod_mul(hash_and_u1, hash_and_u1, s_and_u2, curve.n, curve.context) == 1);
    REQUIRE(BN_mod_mul(s_and_u2, x, s_and_u2, curve.n, curve.context) == 1);
    return true;
}

/*
 * x from 0 on, from n on, and down from p: r is x, or x - n where that is not less than n.
 * Then either both factors or s and the hash are chosen.
 */
static void check_sums(void)
{
    for (size_t i = 0; i < ROUNDS; i++) {
        struct signature made;
        BIGNUM *x = any_number(curve.p), *u1 = any_number(curve.n), *u2 = any_number(curve.n);
        if (i % 3 != 0) {
            REQUIRE(BN_copy(x, i % 3 == 1 ? curve.n : curve.p) != NULL);
            REQUIRE(BN_sub_word(x, 1) == 1 && BN_add_word(x, 1) == 1);
            REQUIRE((i % 3 == 1 ? BN_add_word : BN_sub_word)(x, 1 + seeded_below(200)) == 1);
        }
        bool has_factors = i % 2 == 0 || divide_by_s(u1, u2, x);
        if (has_factors && sign_by_sum(&made, x, u1, u2) && agreed(&made) == SEVL_MATCH) {
            if (BN_cmp(x, curve.n) >= 0)
                verdicts.above_n++;
            check_broken(&made);
        }
        BN_free(u2);
        BN_free(u1);
        BN_free(x);
    }
}

/* 0, 1, 2, n - 1, n, n + 1, p - n, p and the greatest number. */
#define EDGES 9
static void put_edge(uint8_t bytes[SIZE], size_t which)
{
    BIGNUM *edge = new_number();
    memset(bytes, 0xff, SIZE);
    if (which < 3)
        REQUIRE(BN_set_word(edge, which) == 1);
    else if (which < 6)
        REQUIRE(BN_copy(edge, curve.n) != NULL && BN_add_word(edge, which - 3) == 1 &&
                BN_sub_word(edge, 1) == 1);
    else if (which == 6)
        REQUIRE(BN_sub(edge, curve.p, curve.n) == 1);
    else
        REQUIRE(BN_copy(edge, curve.p) != NULL);
    if (which < EDGES - 1)
        put(bytes, edge);
    BN_free(edge);
}

/* Every pair of r and s, with keys G, -G and another, and every hash. */
static void check_edges(void)
{
    for (size_t i = 0; i < EDGES * EDGES * EDGES; i++) {
        struct signature made;
        BIGNUM *d = any_number(curve.n);
        EC_POINT *key = new_point();
        REQUIRE(i % 3 == 2 || BN_one(d) == 1);
        BN_set_negative(d, i % 3 == 1);
        REQUIRE(BN_is_zero(d) == 0 || BN_one(d) == 1);
        REQUIRE(EC_POINT_mul(curve.group, key, d, NULL, NULL, curve.context) == 1);
        put_key(&made, key);
        put_edge(made.r, i % EDGES);
        put_edge(made.s, i / EDGES % EDGES);
        put_edge(made.hash, i / EDGES / EDGES);
        (void)agreed(&made);
        EC_POINT_free(key);
        BN_free(d);
    }
}

/* Coordinates of edges and others: hardly any is of a point. */
static void check_keys(void)
{
    struct signature made;
    memset(&made, 1, sizeof made);
    for (size_t i = 0; i < EDGES * EDGES; i++) {
        put_edge(made.x, i % EDGES);
        put_edge(made.y, i / EDGES);
        (void)agreed(&made);
        seeded_fill(made.x, SIZE);
        (void)agreed(&made);
    }
}

int main(void)
{
    open_curve();
    printf("seed %llu\n", (unsigned long long)SEED);
    check_keys_and_factors();
    check_sums();
    check_edges();
    check_keys();
    printf("%u good, %u bad, %u of no key: all three agree\n", verdicts.good, verdicts.bad,
           verdicts.no_key);
    close_curve();
    printf("%u with x not less than n\n", verdicts.above_n);
    return verdicts.above_n > 20 && verdicts.good > 500 && verdicts.bad > 1000 &&
                   verdicts.no_key > 100
               ? 0
               : 1;
}
