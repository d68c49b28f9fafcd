/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The crypto seam: all that the core takes from Mbed TLS. crypto.c alone includes
 * its headers, so that a change of Mbed TLS ends there, and in port/cpu,
 * where block functions of a CPU meet its context.
 */
#ifndef SEVLAUNCH_CRYPTO_H
#define SEVLAUNCH_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sevlaunch/result.h"
#include "sevlaunch/sha256.h"

#define SEVL_SHA256_BLOCK 64

/* Each returns SEVL_OK or SEVL_ERROR_CRYPTO; on an error the state is wiped. */
SEVL_CHECK enum sevl_result sevl_sha256_init(struct sevl_sha256 *sha256);
SEVL_CHECK enum sevl_result sevl_sha256_update(struct sevl_sha256 *sha256, const void *data,
                                               size_t size);
/* Also wipes the state on success; on an error `hash` is zeroed. */
SEVL_CHECK enum sevl_result sevl_sha256_finish(struct sevl_sha256 *sha256,
                                               uint8_t hash[SEVL_SHA256_SIZE]);

/*
 * Encrypts in place with AES-128 in counter mode. Returns SEVL_OK or
 * SEVL_ERROR_CRYPTO.
 */
#define SEVL_AES128_SIZE 16
SEVL_CHECK enum sevl_result sevl_aes128_ctr(const uint8_t key[SEVL_AES128_SIZE],
                                            const uint8_t iv[SEVL_AES128_SIZE], uint8_t *data,
                                            size_t size);

/* Compares in constant time. */
SEVL_CHECK bool sevl_equal(const uint8_t *a, const uint8_t *b, size_t size);

/*
 * Decodes base64 without blanks. Returns SEVL_OK, SEVL_ERROR_ENCODING, or
 * SEVL_ERROR_LENGTH when the text does not fill `bytes` exactly.
 */
SEVL_CHECK enum sevl_result sevl_base64_decode(const char *text, size_t length, uint8_t *bytes,
                                               size_t size);

#endif
