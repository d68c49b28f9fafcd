/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_HMAC_H
#define SEVLAUNCH_HMAC_H

#include <stddef.h>
#include <stdint.h>

#include "sevlaunch/sha256.h"

#define SEVL_HMAC_KEY_SIZE 16

/*
 * HMAC-SHA256 (RFC 2104) with a 16-byte key. Its one state is a SHA-256 stream: start it,
 * append the message with sevl_sha256_update(), and finish with the same key.
 *
 * Both return SEVL_OK, SEVL_ERROR_STATE if the stream is not open, or SEVL_ERROR_CRYPTO
 * if Mbed TLS failed. When anything failed, and once finished, the stream is wiped; on an
 * error `mac` is zeroed.
 */
SEVL_CHECK enum sevl_result sevl_hmac_start(struct sevl_sha256 *sha256,
                                            const uint8_t key[SEVL_HMAC_KEY_SIZE]);
SEVL_CHECK enum sevl_result sevl_hmac_finish(struct sevl_sha256 *sha256,
                                             const uint8_t key[SEVL_HMAC_KEY_SIZE],
                                             uint8_t mac[SEVL_SHA256_SIZE]);

/*
 * A key whose pads are hashed already: a short message then costs half as much. It is as
 * secret as the key; sevl_wipe() it after use.
 */
struct sevl_hmac_pads {
    struct sevl_sha256 inner;
    struct sevl_sha256 outer;
};

/* Returns SEVL_OK, or SEVL_ERROR_CRYPTO, with the pads zeroed, if Mbed TLS failed. */
SEVL_CHECK enum sevl_result sevl_hmac_prepare(struct sevl_hmac_pads *pads,
                                              const uint8_t key[SEVL_HMAC_KEY_SIZE]);

/*
 * HMAC-SHA256 of a message in one piece. Returns SEVL_OK; or, with `mac` zeroed,
 * SEVL_ERROR_STATE if the pads are not prepared, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_hmac_prepared(const struct sevl_hmac_pads *pads,
                                               const void *message, size_t size,
                                               uint8_t mac[SEVL_SHA256_SIZE]);

/*
 * HMAC-SHA256 of a message in one piece, with a key of at most SEVL_HMAC_KEY_MAX bytes, which is
 * asserted. Its time depends on the sizes alone. Returns SEVL_OK; or SEVL_ERROR_CRYPTO, with `mac`
 * zeroed, if Mbed TLS failed.
 */
#define SEVL_HMAC_KEY_MAX 64
SEVL_CHECK enum sevl_result sevl_hmac_compute(const uint8_t *key, size_t key_size,
                                              const void *message, size_t size,
                                              uint8_t mac[SEVL_SHA256_SIZE]);

#endif
