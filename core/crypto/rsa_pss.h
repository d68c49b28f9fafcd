/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a salt of 48 bytes (RFC 8017, section
 * 8.1.2): verification alone, of public values alone, under keys of 4096 bits whose exponent
 * is 65537, as AMD's are.
 */
#ifndef SEVLAUNCH_RSA_PSS_H
#define SEVLAUNCH_RSA_PSS_H

#include "crypto/montgomery.h"
#include "sevlaunch/result.h"
#include "sevlaunch/sha384.h"

#define SEVL_RSA_SIZE 512
#define SEVL_RSA_LIMBS SEVL_LIMBS(4096)

/* The memory of a verification: 2.6 KB; its content before and after does not matter. */
struct sevl_rsa_pss {
    sevl_limb modulus[SEVL_RSA_LIMBS];
    sevl_limb signature[SEVL_RSA_LIMBS];
    sevl_limb power[SEVL_RSA_LIMBS];
    union {
        sevl_limb work[SEVL_MONTGOMERY_LIMBS(SEVL_RSA_LIMBS)];
        uint8_t message[SEVL_RSA_SIZE]; /* that was encoded */
    } u;
};

/*
 * Verifies the signature of a message by the hash of it. All numbers have their most
 * significant byte first.
 * Returns SEVL_MATCH; SEVL_MISMATCH if the signature is not that of the key on this hash;
 * SEVL_ERROR_ENCODING if the modulus is even or has less than 4096 bits; or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_rsa_pss_verify(struct sevl_rsa_pss *memory,
                                                const uint8_t modulus[SEVL_RSA_SIZE],
                                                const uint8_t hash[SEVL_SHA384_SIZE],
                                                const uint8_t signature[SEVL_RSA_SIZE]);

#endif
