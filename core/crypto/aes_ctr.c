/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "aes_ctr.h"

#include <string.h>

#include <mbedtls/aes.h>

#include "base/compiler.h"
#include "sevlaunch/wipe.h"

/*
 * What a compiler puts on the stack of Mbed TLS's functions, round keys among it. They
 * are called from a function that is not inlined, so that wipe_aes_frames() has its own
 * frame in the same place.
 */
#define AES_FRAMES_SIZE 768

static SEVL_NOINLINE void wipe_aes_frames(void)
{
    uint8_t frames[AES_FRAMES_SIZE];
    sevl_wipe(frames, sizeof frames);
}

static SEVL_NOINLINE int encrypt_in_own_frame(const uint8_t key[SEVL_AES128_SIZE],
                                              const uint8_t iv[SEVL_AES128_SIZE], uint8_t *data,
                                              size_t size)
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
    int error = encrypt_in_own_frame(key, iv, data, size);
    wipe_aes_frames();
    return error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO;
}
