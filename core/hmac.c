/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mbed TLS's own HMAC (mbedtls_md) allocates from a heap; this one does not. */
#include "hmac.h"

#include <string.h>

#include "sevlaunch/wipe.h"

#define INNER_PAD 0x36
#define OUTER_PAD 0x5c

static enum sevl_result start_padded(struct sevl_sha256 *sha256,
                                     const uint8_t key[SEVL_HMAC_KEY_SIZE], uint8_t pad)
{
    uint8_t block[SEVL_SHA256_BLOCK];
    memset(block, pad, sizeof block);
    for (size_t i = 0; i < SEVL_HMAC_KEY_SIZE; i++)
        block[i] ^= key[i];

    enum sevl_result result = sevl_sha256_init(sha256);
    if (result == SEVL_OK)
        result = sevl_sha256_update(sha256, block, sizeof block);
    sevl_wipe(block, sizeof block);
    return result;
}

enum sevl_result sevl_hmac_start(struct sevl_sha256 *sha256, const uint8_t key[SEVL_HMAC_KEY_SIZE])
{
    return start_padded(sha256, key, INNER_PAD);
}

enum sevl_result sevl_hmac_finish(struct sevl_sha256 *sha256, const uint8_t key[SEVL_HMAC_KEY_SIZE],
                                  uint8_t mac[SEVL_SHA256_SIZE])
{
    uint8_t inner[SEVL_SHA256_SIZE];
    enum sevl_result result = sevl_sha256_finish(sha256, inner);
    if (result == SEVL_OK)
        result = start_padded(sha256, key, OUTER_PAD);
    if (result == SEVL_OK)
        result = sevl_sha256_update(sha256, inner, sizeof inner);
    sevl_wipe(inner, sizeof inner);
    if (result == SEVL_OK)
        return sevl_sha256_finish(sha256, mac);
    memset(mac, 0, SEVL_SHA256_SIZE);
    return result;
}
