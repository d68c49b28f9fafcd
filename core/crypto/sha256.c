/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sha256.h"

#include <string.h>

#include <mbedtls/sha256.h>

#include "base/assert.h"
#include "base/compiler.h"
#include "sevlaunch/wipe.h"

_Static_assert(sizeof(mbedtls_sha256_context) <= sizeof((struct sevl_sha256 *)0)->opaque,
               "struct sevl_sha256 has room for the context of every configuration");
_Static_assert(_Alignof(mbedtls_sha256_context) <= _Alignof(struct sevl_sha256),
               "struct sevl_sha256 is aligned as the context");

/*
 * One mbedtls_sha256_update() of 4 GiB or more hashes wrong bytes where size_t
 * has 64 bits: the length passes through 32.
 */
#define UPDATE_MAX ((size_t)1 << 30)

/*
 * Mbed TLS wipes its contexts and buffers, but not what a compiler puts on the stack
 * of its functions beside these. mbedtls_sha256_finish() is called from a function that
 * is not inlined, so that wipe_sha256_frames() has its own frame in the same place. The
 * frames of a hash are deeper where registers are larger.
 */
#define SHA256_FRAMES_SIZE (192 + 40 * sizeof(void *))

static SEVL_NOINLINE void wipe_sha256_frames(void)
{
    uint8_t frames[SHA256_FRAMES_SIZE];
    sevl_wipe(frames, sizeof frames);
}

static mbedtls_sha256_context *sha256_context(struct sevl_sha256 *sha256)
{
    return (mbedtls_sha256_context *)sha256->opaque;
}

/* The state follows the result, so that a failed context stays failed. */
static enum sevl_result set_sha256_state(struct sevl_sha256 *sha256, enum sevl_result result)
{
    if (result == SEVL_OK)
        sha256->state = SEVL_SHA256_OPEN;
    else
        sevl_sha256_wipe(sha256);
    SEVL_ASSERT(sevl_sha256_is_valid(sha256));
    return result;
}

enum sevl_result sevl_sha256_init(struct sevl_sha256 *sha256)
{
    mbedtls_sha256_init(sha256_context(sha256));
    int error = mbedtls_sha256_starts(sha256_context(sha256), 0);
    return set_sha256_state(sha256, error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO);
}

static int update_in_chunks(mbedtls_sha256_context *context, const unsigned char *next, size_t size)
{
    int error = 0;
    while (size > 0 && error == 0) {
        size_t chunk = size < UPDATE_MAX ? size : UPDATE_MAX;
        error = mbedtls_sha256_update(context, next, chunk);
        next += chunk;
        size -= chunk;
    }
    return error;
}

enum sevl_result sevl_sha256_update(struct sevl_sha256 *sha256, const void *data, size_t size)
{
    if (sha256->state != SEVL_SHA256_OPEN)
        return set_sha256_state(sha256, SEVL_ERROR_STATE);
    if (update_in_chunks(sha256_context(sha256), data, size) != 0)
        return set_sha256_state(sha256, SEVL_ERROR_CRYPTO);
    return SEVL_OK;
}

static SEVL_NOINLINE int finish_in_own_frame(struct sevl_sha256 *sha256,
                                             uint8_t hash[SEVL_SHA256_SIZE])
{
    return mbedtls_sha256_finish(sha256_context(sha256), hash);
}

enum sevl_result sevl_sha256_finish(struct sevl_sha256 *sha256, uint8_t hash[SEVL_SHA256_SIZE])
{
    enum sevl_result result = SEVL_ERROR_STATE;
    if (sha256->state == SEVL_SHA256_OPEN) {
        int error = finish_in_own_frame(sha256, hash);
        result = error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO;
    }
    if (result != SEVL_OK)
        memset(hash, 0, SEVL_SHA256_SIZE);
    sevl_wipe(sha256, sizeof *sha256);
    wipe_sha256_frames(); /* from here, where the stack of a verification is deepest */
    return result;
}

void sevl_sha256_wipe(struct sevl_sha256 *sha256)
{
    sevl_wipe(sha256, sizeof *sha256);
    wipe_sha256_frames();
    SEVL_ASSERT(sevl_sha256_is_valid(sha256));
}
