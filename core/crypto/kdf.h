/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Derivation of keys as SEV does it: NIST SP 800-108, section 4.1, in counter mode, with
 * HMAC-SHA256 and numbers of 4 bytes, least significant one first.
 */
#ifndef SEVLAUNCH_KDF_H
#define SEVLAUNCH_KDF_H

#include "crypto/hmac.h"

/* The size in bytes of a key that is derived. */
#define SEVL_KDF_SIZE 16

/* The most that a label has, with its NUL, and a context. */
#define SEVL_KDF_LABEL_MAX 18
#define SEVL_KDF_CONTEXT_MAX 16

/* What a key is for. Sizes in bytes. */
struct sevl_kdf_purpose {
    const char *label; /* its NUL is the separator after it */
    size_t label_size; /* with the NUL */
    const uint8_t *context;
    size_t context_size;
};

/*
 * Derives a key from one of up to SEVL_HMAC_KEY_MAX bytes. It is the first SEVL_KDF_SIZE bytes of
 * `derived`; what follows is as secret. Returns SEVL_OK; or SEVL_ERROR_CRYPTO, with `derived`
 * zeroed, if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_kdf(const uint8_t *key, size_t key_size,
                                     const struct sevl_kdf_purpose *purpose,
                                     uint8_t derived[SEVL_SHA256_SIZE]);

#endif
