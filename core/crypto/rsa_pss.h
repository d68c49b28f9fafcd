/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * RSASSA-PSS (RFC 8017, section 8.1.2), with MGF1 and a salt of the hash that is signed:
 * verification alone, of public values alone, under keys whose exponent is 65537, as AMD's are.
 */
#ifndef SEVLAUNCH_RSA_PSS_H
#define SEVLAUNCH_RSA_PSS_H

#include "crypto/montgomery.h"
#include "sevlaunch/result.h"
#include "sevlaunch/sha256.h"
#include "sevlaunch/sha384.h"

/* In bytes: the most that a key and a hash have. */
#define SEVL_RSA_SIZE 512
#define SEVL_RSA_LIMBS SEVL_LIMBS(4096)
#define SEVL_RSA_HASH_MAX SEVL_SHA384_SIZE

/*
 * Each writes the hash of two strings of bytes, one after the other; one that is empty may be
 * NULL. Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_rsa_sha256(const void *first, size_t first_size,
                                            const void *second, size_t second_size, uint8_t *hash);
SEVL_CHECK enum sevl_result sevl_rsa_sha384(const void *first, size_t first_size,
                                            const void *second, size_t second_size, uint8_t *hash);

/* Keys of one size, and the hash that they sign with, which no signature names. */
struct sevl_rsa_keys {
    size_t size; /* in bytes, of modulus and signature */
    size_t hash_size;
    enum sevl_result (*hash)(const void *first, size_t first_size, const void *second,
                             size_t second_size, uint8_t *hash);
};

static inline struct sevl_rsa_keys sevl_rsa_2048(void)
{
    return (struct sevl_rsa_keys){256, SEVL_SHA256_SIZE, sevl_rsa_sha256};
}

static inline struct sevl_rsa_keys sevl_rsa_4096(void)
{
    return (struct sevl_rsa_keys){SEVL_RSA_SIZE, SEVL_SHA384_SIZE, sevl_rsa_sha384};
}

/* The memory of a verification: 2.6 KB; its content before and after does not matter. */
struct sevl_rsa_pss {
    sevl_limb modulus[SEVL_RSA_LIMBS];
    sevl_limb signature[SEVL_RSA_LIMBS];
    sevl_limb power[SEVL_RSA_LIMBS];
    union {
        sevl_limb work[SEVL_MONTGOMERY_LIMBS(SEVL_RSA_LIMBS)];
        uint8_t message[SEVL_RSA_SIZE]; /* that was encoded */
        struct {
            uint8_t modulus[SEVL_RSA_SIZE];
            uint8_t signature[SEVL_RSA_SIZE];
        } given; /* room for a caller who must turn his numbers round first */
    } u;
};

/*
 * Verifies the signature of a message by the hash of it. All numbers have their most
 * significant byte first, and may stand in memory->u.given.
 * Returns SEVL_MATCH; SEVL_MISMATCH if the signature is not that of the key on this hash;
 * SEVL_ERROR_ENCODING if the modulus is even or has fewer bits than `keys` have; or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_rsa_pss_verify(struct sevl_rsa_pss *memory,
                                                const struct sevl_rsa_keys *keys,
                                                const uint8_t *modulus, const uint8_t *hash,
                                                const uint8_t *signature);

#endif
