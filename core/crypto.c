/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto.h"

#include <string.h>

#include <mbedtls/aes.h>
#include <mbedtls/base64.h>
#include <mbedtls/constant_time.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/sha256.h>

#include "sevlaunch/base64.h"
#include "sevlaunch/wipe.h"

_Static_assert(sizeof(mbedtls_sha256_context) <= sizeof(struct sevl_sha256),
               "struct sevl_sha256 has room for the context of every configuration");
_Static_assert(_Alignof(mbedtls_sha256_context) <= _Alignof(struct sevl_sha256),
               "struct sevl_sha256 is aligned as the context");

/*
 * One mbedtls_sha256_update() of 4 GiB or more hashes wrong bytes where size_t
 * has 64 bits: the length passes through 32.
 */
#define LARGEST_UPDATE ((size_t)1 << 30)

/*
 * Mbed TLS wipes its contexts and buffers, but not what a compiler puts on the stack
 * of its functions beside these. Such a function is called as OWN_FRAME, so that its
 * frame is where wipe_frames() then has its own. Those of a hash are the deeper the
 * larger the registers are that a compiler keeps there.
 */
#define OWN_FRAME __attribute__((noinline))
#define FRAMES_SIZE (192 + 40 * sizeof(void *))
#define CIPHER_FRAMES_SIZE 768

static OWN_FRAME void wipe_frames(void)
{
    uint8_t frames[FRAMES_SIZE];
    sevl_wipe(frames, sizeof frames);
}

static OWN_FRAME void wipe_cipher_frames(void)
{
    uint8_t frames[CIPHER_FRAMES_SIZE];
    sevl_wipe(frames, sizeof frames);
}

static mbedtls_sha256_context *context(struct sevl_sha256 *sha256)
{
    return (mbedtls_sha256_context *)sha256;
}

static enum sevl_result settle(struct sevl_sha256 *sha256, int error)
{
    if (error == 0)
        return SEVL_OK;
    sevl_wipe(sha256, sizeof *sha256);
    wipe_frames();
    return SEVL_ERROR_CRYPTO;
}

enum sevl_result sevl_sha256_init(struct sevl_sha256 *sha256)
{
    mbedtls_sha256_init(context(sha256));
    return settle(sha256, mbedtls_sha256_starts(context(sha256), 0));
}

enum sevl_result sevl_sha256_update(struct sevl_sha256 *sha256, const void *data, size_t size)
{
    const unsigned char *next = data;
    int error = 0;
    while (size > 0 && error == 0) {
        size_t chunk = size < LARGEST_UPDATE ? size : LARGEST_UPDATE;
        error = mbedtls_sha256_update(context(sha256), next, chunk);
        next += chunk;
        size -= chunk;
    }
    return settle(sha256, error);
}

static OWN_FRAME int finish(struct sevl_sha256 *sha256, uint8_t hash[SEVL_SHA256_SIZE])
{
    return mbedtls_sha256_finish(context(sha256), hash);
}

enum sevl_result sevl_sha256_finish(struct sevl_sha256 *sha256, uint8_t hash[SEVL_SHA256_SIZE])
{
    int error = finish(sha256, hash);
    sevl_wipe(sha256, sizeof *sha256);
    wipe_frames();
    if (error == 0)
        return SEVL_OK;
    sevl_wipe(hash, SEVL_SHA256_SIZE);
    return SEVL_ERROR_CRYPTO;
}

static OWN_FRAME int encrypt(const uint8_t key[SEVL_AES128_SIZE],
                             const uint8_t iv[SEVL_AES128_SIZE], uint8_t *data, size_t size)
{
    mbedtls_aes_context aes;
    uint8_t counter[SEVL_AES128_SIZE];
    uint8_t stream[SEVL_AES128_SIZE];
    size_t used = 0;
    memcpy(counter, iv, sizeof counter);
    mbedtls_aes_init(&aes);
    int error = mbedtls_aes_setkey_enc(&aes, key, 8 * SEVL_AES128_SIZE);
    if (error == 0)
        error = mbedtls_aes_crypt_ctr(&aes, size, &used, counter, stream, data, data);
    mbedtls_aes_free(&aes);
    sevl_wipe(stream, sizeof stream);
    return error;
}

enum sevl_result sevl_aes128_ctr(const uint8_t key[SEVL_AES128_SIZE],
                                 const uint8_t iv[SEVL_AES128_SIZE], uint8_t *data, size_t size)
{
    int error = encrypt(key, iv, data, size);
    wipe_cipher_frames();
    return error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO;
}

bool sevl_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    return mbedtls_ct_memcmp(a, b, size) == 0;
}

enum sevl_result sevl_base64_decode(const char *text, size_t length, uint8_t *bytes, size_t size)
{
    size_t decoded = 0;
    int error = mbedtls_base64_decode(bytes, size, &decoded, (const unsigned char *)text, length);
    if (error == MBEDTLS_ERR_BASE64_INVALID_CHARACTER)
        return SEVL_ERROR_ENCODING;
    if (error != 0 || decoded != size)
        return SEVL_ERROR_LENGTH;
    return SEVL_OK;
}

enum sevl_result sevl_base64_encode(const uint8_t *bytes, size_t size, char *text, size_t capacity)
{
    size_t length = 0;
    if (capacity == 0)
        return SEVL_ERROR_LENGTH;
    text[0] = '\0'; /* Mbed TLS writes nothing for nothing */
    int error = mbedtls_base64_encode((unsigned char *)text, capacity, &length, bytes, size);
    return error == 0 ? SEVL_OK : SEVL_ERROR_LENGTH;
}

void sevl_wipe(void *memory, size_t size)
{
    mbedtls_platform_zeroize(memory, size);
}
