/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_HMAC_H
#define SEVLAUNCH_HMAC_H

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

#endif
