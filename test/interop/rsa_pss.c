/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Is an RSASSA-PSS signature under a key of 4096 bits good for this project exactly where it
 * is for OpenSSL and for Mbed TLS's own RSA? The encoded message is made here, right and with
 * each of the faults that Project Wycheproof names; OpenSSL only raises it to the power of the
 * private exponent.
 */
#include <mbedtls/rsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <string.h>

#include "crypto/rsa_pss.h"
#include "require.h"
#include "seeded.h"

#define SIZE SEVL_RSA_SIZE
#define HASH SEVL_SHA384_SIZE
#define BLOCK (SIZE - HASH - 1)
#define KEYS 2
#define ROUNDS 60 /* of each kind of message, under each key */

static struct {
    RSA *rsa;
    EVP_PKEY *openssl;
    mbedtls_rsa_context mbedtls;
    uint8_t modulus[SIZE];
} key;

static struct {
    unsigned good, bad;
} verdicts;

static BIGNUM *new_prime(BN_CTX *context)
{
    uint8_t bytes[SIZE / 2];
    seeded_fill(bytes, sizeof bytes);
    bytes[0] |= 0xc0; /* so that two of them make 4096 bits */
    bytes[sizeof bytes - 1] |= 1;
    BIGNUM *prime = BN_bin2bn(bytes, sizeof bytes, NULL);
    REQUIRE(prime != NULL);
    while (BN_check_prime(prime, context, NULL) != 1 || BN_mod_word(prime, RSA_F4) == 1)
        REQUIRE(BN_add_word(prime, 2) == 1);
    return prime;
}

/* Deterministic, as OpenSSL's own generator is not. */
static void make_rsa(void)
{
    BN_CTX *context = BN_CTX_new();
    BIGNUM *p = new_prime(context), *q = new_prime(context);
    BIGNUM *n = BN_new(), *e = BN_new(), *phi = BN_new();
    REQUIRE(BN_mul(n, p, q, context) == 1 && BN_set_word(e, RSA_F4) == 1);
    REQUIRE(BN_sub(phi, n, p) == 1 && BN_sub(phi, phi, q) == 1 && BN_add_word(phi, 1) == 1);
    BIGNUM *d = BN_mod_inverse(NULL, e, phi, context);
    REQUIRE(d != NULL && BN_bn2binpad(n, key.modulus, SIZE) == SIZE);
    key.rsa = RSA_new();
    REQUIRE(RSA_set0_key(key.rsa, n, e, d) == 1 && RSA_set0_factors(key.rsa, p, q) == 1);
    BN_free(phi);
    BN_CTX_free(context);
}

static void open_key(void)
{
    static const uint8_t exponent[] = {1, 0, 1};
    make_rsa();
    key.openssl = EVP_PKEY_new();
    REQUIRE(EVP_PKEY_set1_RSA(key.openssl, key.rsa) == 1);
    mbedtls_rsa_init(&key.mbedtls);
    REQUIRE(mbedtls_rsa_import_raw(&key.mbedtls, key.modulus, SIZE, NULL, 0, NULL, 0, NULL, 0,
                                   exponent, sizeof exponent) == 0);
    REQUIRE(mbedtls_rsa_complete(&key.mbedtls) == 0);
}

static void close_key(void)
{
    mbedtls_rsa_free(&key.mbedtls);
    EVP_PKEY_free(key.openssl);
    RSA_free(key.rsa);
}

static enum sevl_result own_verdict(const uint8_t hash[HASH], const uint8_t signature[SIZE])
{
    static struct sevl_rsa_pss memory;
    const struct sevl_rsa_keys keys = sevl_rsa_4096();
    return sevl_rsa_pss_verify(&memory, &keys, key.modulus, hash, signature);
}

static enum sevl_result openssl_verdict(const uint8_t hash[HASH], const uint8_t signature[SIZE])
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key.openssl, NULL);
    REQUIRE(EVP_PKEY_verify_init(context) == 1);
    REQUIRE(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1);
    REQUIRE(EVP_PKEY_CTX_set_signature_md(context, EVP_sha384()) == 1);
    REQUIRE(EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha384()) == 1);
    REQUIRE(EVP_PKEY_CTX_set_rsa_pss_saltlen(context, HASH) == 1);
    int verified = EVP_PKEY_verify(context, signature, SIZE, hash, HASH);
    EVP_PKEY_CTX_free(context);
    return verified == 1 ? SEVL_MATCH : SEVL_MISMATCH;
}

static enum sevl_result mbedtls_verdict(const uint8_t hash[HASH], const uint8_t signature[SIZE])
{
    return mbedtls_rsa_rsassa_pss_verify_ext(&key.mbedtls, MBEDTLS_MD_SHA384, HASH, hash,
                                             MBEDTLS_MD_SHA384, HASH, signature) == 0
               ? SEVL_MATCH
               : SEVL_MISMATCH;
}

static enum sevl_result agreed(const uint8_t hash[HASH], const uint8_t signature[SIZE])
{
    enum sevl_result result = own_verdict(hash, signature);
    REQUIRE(result == openssl_verdict(hash, signature));
    REQUIRE(result == mbedtls_verdict(hash, signature));
    if (result == SEVL_MATCH)
        verdicts.good++;
    else
        verdicts.bad++;
    return result;
}

static void digest(uint8_t *hash, const EVP_MD *md, const void *bytes, size_t size)
{
    REQUIRE(EVP_Digest(bytes, size, hash, NULL, md, NULL) == 1);
}

static void mask(uint8_t block[BLOCK], const uint8_t seed[HASH], const EVP_MD *md)
{
    uint8_t seed_and_counter[HASH + 4] = {0};
    uint8_t part[EVP_MAX_MD_SIZE];
    const size_t size = (size_t)EVP_MD_get_size(md);
    memcpy(seed_and_counter, seed, HASH);
    for (size_t i = 0; i < BLOCK; i++) {
        seed_and_counter[HASH + 3] = (uint8_t)(i / size);
        if (i % size == 0)
            digest(part, md, seed_and_counter, sizeof seed_and_counter);
        block[i] ^= part[i % size];
    }
}

enum kind {
    GOOD,
    SALT_OF_ZEROS,
    SALT_OF_ONES,
    SALT_OF_ANOTHER_SIZE,
    HASH_WITHOUT_SALT,
    PADDING_NOT_ZERO,
    NO_ONE_BEFORE_SALT,
    MASK_OF_ANOTHER_HASH,
    FIRST_BIT_SET,
    FIRST_BITS_NOT_MASKED,
    ANOTHER_TRAILER,
    ANOTHER_HASH,
    ANY_BIT,
    KINDS
};

static size_t any_salt(enum kind kind, uint8_t salt[BLOCK])
{
    static const size_t sizes[] = {0, 1, 20, 28, 32, 47, 49, 64, BLOCK - 2, BLOCK - 1};
    seeded_fill(salt, BLOCK);
    if (kind == SALT_OF_ZEROS)
        memset(salt, 0, BLOCK);
    if (kind == SALT_OF_ONES)
        memset(salt, 0xff, BLOCK);
    return kind == SALT_OF_ANOTHER_SIZE ? sizes[seeded_below(sizeof sizes / sizeof *sizes)] : HASH;
}

static void encode(uint8_t message[SIZE], const uint8_t hash[HASH], enum kind kind)
{
    uint8_t hashed[8 + HASH + BLOCK] = {0};
    uint8_t *salt = hashed + 8 + HASH;
    size_t size = any_salt(kind, salt);
    memset(message, 0, SIZE);
    memcpy(hashed + 8, hash, HASH);
    digest(message + BLOCK, EVP_sha384(), hashed,
           8 + HASH + (kind == HASH_WITHOUT_SALT ? 0 : size));
    memcpy(message + BLOCK - size, salt, size);
    message[BLOCK - size - 1] = kind == NO_ONE_BEFORE_SALT ? (uint8_t)(2 * seeded_below(128)) : 1;
    if (kind == PADDING_NOT_ZERO)
        seeded_flip(message + 1, BLOCK - size - 2);
    mask(message, message + BLOCK, kind == MASK_OF_ANOTHER_HASH ? EVP_sha256() : EVP_sha384());
    message[SIZE - 1] = kind == ANOTHER_TRAILER ? (uint8_t)(0xbd + seeded_below(255)) : 0xbc;
    if (kind != FIRST_BITS_NOT_MASKED)
        message[0] &= 0x7f;
    if (kind == FIRST_BIT_SET)
        message[0] |= 0x80;
    if (kind == ANOTHER_HASH)
        seeded_flip(message + BLOCK, HASH);
    if (kind == ANY_BIT)
        seeded_flip(message, SIZE);
}

static bool is_good(enum kind kind)
{
    return kind == GOOD || kind == SALT_OF_ZEROS || kind == SALT_OF_ONES;
}

/* Signatures that are made of a good one, with numbers that stand for it modulo N. */
static void check_broken(const uint8_t hash[HASH], const uint8_t good[SIZE])
{
    uint8_t broken[SIZE], other[HASH];
    BIGNUM *number = BN_bin2bn(good, SIZE, NULL), *n = BN_bin2bn(key.modulus, SIZE, NULL);
    memcpy(broken, good, SIZE);
    seeded_flip(broken, SIZE);
    REQUIRE(agreed(hash, broken) == SEVL_MISMATCH);
    memcpy(other, hash, HASH);
    seeded_flip(other, HASH);
    REQUIRE(agreed(other, good) == SEVL_MISMATCH);
    REQUIRE(BN_add(number, number, n) == 1);
    if (BN_bn2binpad(number, broken, SIZE) == SIZE) /* s + N */
        REQUIRE(agreed(hash, broken) == SEVL_MISMATCH);
    REQUIRE(BN_lshift1(n, n) == 1 && BN_sub(number, n, number) == 1);
    REQUIRE(BN_bn2binpad(number, broken, SIZE) == SIZE); /* N - s */
    REQUIRE(agreed(hash, broken) == SEVL_MISMATCH);
    BN_free(n);
    BN_free(number);
}

static void check_kind(enum kind kind)
{
    uint8_t hash[HASH], message[SIZE], signature[SIZE];
    seeded_fill(hash, HASH);
    encode(message, hash, kind);
    if (memcmp(message, key.modulus, SIZE) >= 0 ||
        RSA_private_encrypt(SIZE, message, signature, key.rsa, RSA_NO_PADDING) != SIZE)
        return; /* a first bit that is set can make it too large */
    bool is_match = agreed(hash, signature) == SEVL_MATCH;
    if (kind != FIRST_BITS_NOT_MASKED || (message[0] & 0x80) != 0)
        REQUIRE(is_match == is_good(kind));
    if (is_match)
        check_broken(hash, signature);
}

/* 0, 1, N - 1, N, N + 1 and the greatest number. */
static void check_edges(void)
{
    uint8_t hash[HASH] = {0}, signature[SIZE] = {0};
    REQUIRE(agreed(hash, signature) == SEVL_MISMATCH);
    signature[SIZE - 1] = 1;
    REQUIRE(agreed(hash, signature) == SEVL_MISMATCH);
    for (int i = -1; i <= 1; i++) {
        memcpy(signature, key.modulus, SIZE); /* odd, and its last byte is not 0xff */
        signature[SIZE - 1] = (uint8_t)(signature[SIZE - 1] + i);
        REQUIRE(agreed(hash, signature) == SEVL_MISMATCH);
    }
    memset(signature, 0xff, SIZE);
    REQUIRE(agreed(hash, signature) == SEVL_MISMATCH);
}

int main(void)
{
    printf("seed %llu\n", (unsigned long long)SEED);
    for (int i = 0; i < KEYS; i++) {
        open_key();
        REQUIRE(key.modulus[SIZE - 1] != 0xff);
        check_edges();
        for (size_t round = 0; round < ROUNDS; round++)
            for (int kind = 0; kind < KINDS; kind++)
                check_kind((enum kind)kind);
        close_key();
    }
    printf("%u good, %u bad: all three agree\n", verdicts.good, verdicts.bad);
    return verdicts.good > 300 && verdicts.bad > 1500 ? 0 : 1;
}
