/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mbed TLS's own HMAC (mbedtls_md) allocates from a heap; this one does not. */
#include "hmac.h"

#include <string.h>

#include "base/assert.h"
#include "base/compiler.h"
#include "sevlaunch/wipe.h"

#define SHA256_BLOCK_SIZE 64

#define INNER_PAD 0x36
#define OUTER_PAD 0x5c

_Static_assert(SEVL_HMAC_KEY_MAX == SHA256_BLOCK_SIZE, "longer keys would be hashed");

/* Inlined: the size is a constant where images are to be small. */
SEVL_INLINE enum sevl_result start_with_key_of(size_t size, struct sevl_sha256 *sha256,
                                               const uint8_t *key, uint8_t pad)
{
    uint8_t block[SHA256_BLOCK_SIZE];
    memset(block, pad, sizeof block);
    for (size_t i = 0; i < size; i++)
        block[i] ^= key[i];

    enum sevl_result result = sevl_sha256_init(sha256);
    if (result == SEVL_OK)
        result = sevl_sha256_update(sha256, block, sizeof block);
    sevl_wipe(block, sizeof block);
    return result;
}

static enum sevl_result start_with_padded_key(struct sevl_sha256 *sha256,
                                              const uint8_t key[SEVL_HMAC_KEY_SIZE], uint8_t pad)
{
    return start_with_key_of(SEVL_HMAC_KEY_SIZE, sha256, key, pad);
}

enum sevl_result sevl_hmac_start(struct sevl_sha256 *sha256, const uint8_t key[SEVL_HMAC_KEY_SIZE])
{
    return start_with_padded_key(sha256, key, INNER_PAD);
}

/* `mac` holds the inner hash until the outer one takes its place. */
enum sevl_result sevl_hmac_finish(struct sevl_sha256 *sha256, const uint8_t key[SEVL_HMAC_KEY_SIZE],
                                  uint8_t mac[SEVL_SHA256_SIZE])
{
    enum sevl_result result = sevl_sha256_finish(sha256, mac);
    if (result == SEVL_OK)
        result = start_with_padded_key(sha256, key, OUTER_PAD);
    if (result == SEVL_OK)
        result = sevl_sha256_update(sha256, mac, SEVL_SHA256_SIZE);
    if (result == SEVL_OK)
        return sevl_sha256_finish(sha256, mac);
    sevl_wipe(mac, SEVL_SHA256_SIZE);
    return result;
}

enum sevl_result sevl_hmac_prepare(struct sevl_hmac_pads *pads,
                                   const uint8_t key[SEVL_HMAC_KEY_SIZE])
{
    enum sevl_result result = start_with_padded_key(&pads->inner, key, INNER_PAD);
    if (result == SEVL_OK)
        result = start_with_padded_key(&pads->outer, key, OUTER_PAD);
    if (result != SEVL_OK)
        sevl_wipe(pads, sizeof *pads);
    return result;
}

static enum sevl_result hash_after_pad(const struct sevl_sha256 *pad, const void *data, size_t size,
                                       uint8_t hash[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 sha256 = *pad;
    enum sevl_result result = sevl_sha256_update(&sha256, data, size);
    enum sevl_result finished = sevl_sha256_finish(&sha256, hash);
    return result == SEVL_OK ? finished : result;
}

enum sevl_result sevl_hmac_prepared(const struct sevl_hmac_pads *pads, const void *message,
                                    size_t size, uint8_t mac[SEVL_SHA256_SIZE])
{
    uint8_t inner[SEVL_SHA256_SIZE];
    enum sevl_result result = hash_after_pad(&pads->inner, message, size, inner);
    memset(mac, 0, SEVL_SHA256_SIZE);
    if (result == SEVL_OK)
        result = hash_after_pad(&pads->outer, inner, sizeof inner, mac);
    sevl_wipe(inner, sizeof inner);
    return result;
}

static SEVL_NOINLINE enum sevl_result start_with_long_key(size_t size, struct sevl_sha256 *sha256,
                                                          const uint8_t *key, uint8_t pad)
{
    return start_with_key_of(size, sha256, key, pad);
}

enum sevl_result sevl_hmac_compute(const uint8_t *key, size_t key_size, const void *message,
                                   size_t size, uint8_t mac[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 sha256;
    SEVL_ASSERT(key_size <= SEVL_HMAC_KEY_MAX);
    enum sevl_result result = start_with_long_key(key_size, &sha256, key, INNER_PAD);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&sha256, message, size);
    if (result == SEVL_OK)
        result = sevl_sha256_finish(&sha256, mac);
    if (result == SEVL_OK)
        result = start_with_long_key(key_size, &sha256, key, OUTER_PAD);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&sha256, mac, SEVL_SHA256_SIZE);
    if (result == SEVL_OK)
        return sevl_sha256_finish(&sha256, mac);
    sevl_wipe(mac, SEVL_SHA256_SIZE);
    return result;
}
