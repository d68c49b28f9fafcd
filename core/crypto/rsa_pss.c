/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/rsa_pss.h"

#include <string.h>

#include "crypto/constant_time.h"

/*
 * The encoded message: a masked block, which unmasked is zeros, a 1 and the salt; a hash;
 * and a byte that is always the same. It has a bit less than the modulus.
 */
#define TRAILER 0xbc
#define UNUSED_BIT 0x80

/* signature^65537 modulo the key, as bytes. */
static void recover(struct sevl_rsa_pss *m, size_t limbs)
{
    const struct sevl_modulus key = {m->modulus, limbs, sevl_modulus_inverse(m->modulus[0])};
    sevl_montgomery_square_of_r(&key, m->power, m->u.work);
    sevl_montgomery_multiply(&key, m->power, m->power, m->signature, m->u.work);
    for (int i = 0; i < 16; i++)
        sevl_montgomery_multiply(&key, m->power, m->power, m->power, m->u.work);
    /* The signature is not in Montgomery's form: the product is not, either. */
    sevl_montgomery_multiply(&key, m->power, m->power, m->signature, m->u.work);
    sevl_limbs_write(m->power, limbs, m->u.message);
}

enum sevl_result sevl_rsa_sha384(const void *first, size_t first_size, const void *second,
                                 size_t second_size, uint8_t *hash)
{
    struct sevl_sha384 sha384;
    enum sevl_result result = sevl_sha384_init(&sha384);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&sha384, first, first_size);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&sha384, second, second_size);
    return result == SEVL_OK ? sevl_sha384_finish(&sha384, hash) : result;
}

/* MGF1 of the hash at the end of the block, added to the block. */
static enum sevl_result unmask(const struct sevl_rsa_keys *keys, uint8_t *block, const uint8_t *end)
{
    uint8_t counter[4] = {0};
    uint8_t mask[SEVL_RSA_HASH_MAX];
    uint8_t *at = block;
    while (at < end) {
        enum sevl_result result = keys->hash(end, keys->hash_size, counter, sizeof counter, mask);
        if (result != SEVL_OK)
            return result;
        for (size_t i = 0; i < keys->hash_size && at < end; i++)
            *at++ ^= mask[i];
        counter[3]++;
    }
    block[0] &= (uint8_t)~UNUSED_BIT;
    return SEVL_OK;
}

/* Zeros, a 1, then the salt, which may be anything. */
static bool has_padding(const uint8_t *block, const uint8_t *salt)
{
    uint8_t any = salt[-1] ^ 1;
    for (; block < salt - 1; block++)
        any |= *block;
    return any == 0;
}

/* The hash after the salt is that of eight zeros, the message's own hash and the salt. */
static enum sevl_result compare_hash(const struct sevl_rsa_keys *keys, const uint8_t *salt,
                                     const uint8_t *hash)
{
    size_t size = keys->hash_size;
    uint8_t zeros_and_hash[8 + SEVL_RSA_HASH_MAX] = {0};
    uint8_t expected[SEVL_RSA_HASH_MAX];
    memcpy(zeros_and_hash + 8, hash, size);
    enum sevl_result result = keys->hash(zeros_and_hash, 8 + size, salt, size, expected);
    if (result != SEVL_OK)
        return result;
    return sevl_constant_time_equal(salt + size, expected, size) ? SEVL_MATCH : SEVL_MISMATCH;
}

static enum sevl_result check_message(const struct sevl_rsa_keys *keys, uint8_t *message,
                                      const uint8_t *hash)
{
    const uint8_t *trailer = message + keys->size - 1;
    const uint8_t *end = trailer - keys->hash_size;
    const uint8_t *salt = end - keys->hash_size;
    if (*trailer != TRAILER || (message[0] & UNUSED_BIT) != 0)
        return SEVL_MISMATCH;
    enum sevl_result result = unmask(keys, message, end);
    if (result != SEVL_OK)
        return result;
    return has_padding(message, salt) ? compare_hash(keys, salt, hash) : SEVL_MISMATCH;
}

enum sevl_result sevl_rsa_pss_verify(struct sevl_rsa_pss *m, const struct sevl_rsa_keys *keys,
                                     const uint8_t *modulus, const uint8_t *hash,
                                     const uint8_t *signature)
{
    size_t limbs = keys->size / sizeof(sevl_limb);
    if ((modulus[0] & 0x80) == 0 || (modulus[keys->size - 1] & 1) == 0)
        return SEVL_ERROR_ENCODING;
    sevl_limbs_read(m->modulus, limbs, modulus);
    sevl_limbs_read(m->signature, limbs, signature);
    if (!sevl_limbs_less(m->signature, m->modulus, limbs))
        return SEVL_MISMATCH;
    recover(m, limbs);
    return check_message(keys, m->u.message, hash);
}
