/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/rsa_pss.h"

#include <string.h>

#include "crypto/constant_time.h"

/*
 * The encoded message: a masked block, which unmasked is zeros, a 1 and the salt; a hash;
 * and a byte that is always the same. It has a bit less than the modulus.
 */
#define SALT_SIZE SEVL_SHA384_SIZE
#define BLOCK_SIZE (SEVL_RSA_SIZE - SEVL_SHA384_SIZE - 1)
#define TRAILER 0xbc
#define UNUSED_BIT 0x80

/* signature^65537 modulo the key, as bytes. */
static void recover(struct sevl_rsa_pss *m)
{
    const struct sevl_modulus key = {m->modulus, SEVL_RSA_LIMBS,
                                     sevl_modulus_inverse(m->modulus[0])};
    sevl_montgomery_square_of_r(&key, m->power, m->u.work);
    sevl_montgomery_multiply(&key, m->power, m->power, m->signature, m->u.work);
    for (int i = 0; i < 16; i++)
        sevl_montgomery_multiply(&key, m->power, m->power, m->power, m->u.work);
    /* The signature is not in Montgomery's form: the product is not, either. */
    sevl_montgomery_multiply(&key, m->power, m->power, m->signature, m->u.work);
    sevl_limbs_write(m->power, SEVL_RSA_LIMBS, m->u.message);
}

static enum sevl_result hash_two(const void *first, size_t first_size, const void *second,
                                 size_t second_size, uint8_t hash[SEVL_SHA384_SIZE])
{
    struct sevl_sha384 sha384;
    enum sevl_result result = sevl_sha384_init(&sha384);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&sha384, first, first_size);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&sha384, second, second_size);
    return result == SEVL_OK ? sevl_sha384_finish(&sha384, hash) : result;
}

/* MGF1 of the hash, added to the block. */
static enum sevl_result unmask(uint8_t block[BLOCK_SIZE], const uint8_t seed[SEVL_SHA384_SIZE])
{
    uint8_t counter[4] = {0};
    uint8_t mask[SEVL_SHA384_SIZE] = {0};
    for (size_t at = 0; at < BLOCK_SIZE; at++) {
        if (at % sizeof mask == 0) {
            counter[3] = (uint8_t)(at / sizeof mask);
            enum sevl_result result =
                hash_two(seed, SEVL_SHA384_SIZE, counter, sizeof counter, mask);
            if (result != SEVL_OK)
                return result;
        }
        block[at] ^= mask[at % sizeof mask];
    }
    block[0] &= (uint8_t)~UNUSED_BIT;
    return SEVL_OK;
}

/* Zeros, a 1, then the salt, which may be anything. */
static bool has_padding(const uint8_t block[BLOCK_SIZE])
{
    uint8_t any = 0;
    for (size_t i = 0; i < BLOCK_SIZE - SALT_SIZE - 1; i++)
        any |= block[i];
    return any == 0 && block[BLOCK_SIZE - SALT_SIZE - 1] == 1;
}

/* The hash in the message is that of eight zeros, the message's own hash and the salt. */
static enum sevl_result compare_hash(const uint8_t *block, const uint8_t hash[SEVL_SHA384_SIZE])
{
    uint8_t zeros_and_hash[8 + SEVL_SHA384_SIZE] = {0};
    uint8_t expected[SEVL_SHA384_SIZE];
    memcpy(zeros_and_hash + 8, hash, SEVL_SHA384_SIZE);
    enum sevl_result result = hash_two(zeros_and_hash, sizeof zeros_and_hash,
                                       block + BLOCK_SIZE - SALT_SIZE, SALT_SIZE, expected);
    if (result != SEVL_OK)
        return result;
    return sevl_constant_time_equal(block + BLOCK_SIZE, expected, sizeof expected) ? SEVL_MATCH
                                                                                   : SEVL_MISMATCH;
}

static enum sevl_result check_message(uint8_t message[SEVL_RSA_SIZE],
                                      const uint8_t hash[SEVL_SHA384_SIZE])
{
    if (message[SEVL_RSA_SIZE - 1] != TRAILER || (message[0] & UNUSED_BIT) != 0)
        return SEVL_MISMATCH;
    enum sevl_result result = unmask(message, message + BLOCK_SIZE);
    if (result != SEVL_OK)
        return result;
    return has_padding(message) ? compare_hash(message, hash) : SEVL_MISMATCH;
}

enum sevl_result sevl_rsa_pss_verify(struct sevl_rsa_pss *m, const uint8_t modulus[SEVL_RSA_SIZE],
                                     const uint8_t hash[SEVL_SHA384_SIZE],
                                     const uint8_t signature[SEVL_RSA_SIZE])
{
    if ((modulus[0] & 0x80) == 0 || (modulus[SEVL_RSA_SIZE - 1] & 1) == 0)
        return SEVL_ERROR_ENCODING;
    sevl_limbs_read(m->modulus, SEVL_RSA_LIMBS, modulus);
    sevl_limbs_read(m->signature, SEVL_RSA_LIMBS, signature);
    if (!sevl_limbs_less(m->signature, m->modulus, SEVL_RSA_LIMBS))
        return SEVL_MISMATCH;
    recover(m);
    return check_message(m->u.message, hash);
}
