/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sha512.h"

#include <string.h>

#include <mbedtls/sha512.h>

#include "base/assert.h"
#include "sevlaunch/wipe.h"

_Static_assert(sizeof(mbedtls_sha512_context) <= sizeof((struct sevl_sha512 *)0)->opaque,
               "struct sevl_sha512 has room for the context");
_Static_assert(_Alignof(mbedtls_sha512_context) <= _Alignof(struct sevl_sha512),
               "struct sevl_sha512 is aligned as the context");

static mbedtls_sha512_context *sha512_context_of(struct sevl_sha512 *sha512)
{
    return (mbedtls_sha512_context *)sha512->opaque;
}

/* The state follows the result, so that a failed context stays failed. */
static enum sevl_result set_sha512_state(struct sevl_sha512 *sha512, enum sevl_result result)
{
    if (result == SEVL_OK)
        sha512->state = SEVL_SHA512_OPEN;
    else
        sevl_sha512_wipe(sha512);
    SEVL_ASSERT(sevl_sha512_is_valid(sha512));
    return result;
}

enum sevl_result sevl_sha512_init(struct sevl_sha512 *sha512)
{
    mbedtls_sha512_init(sha512_context_of(sha512));
    int error = mbedtls_sha512_starts(sha512_context_of(sha512), 0);
    return set_sha512_state(sha512, error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO);
}

enum sevl_result sevl_sha512_update(struct sevl_sha512 *sha512, const void *data, size_t size)
{
    if (sha512->state != SEVL_SHA512_OPEN)
        return set_sha512_state(sha512, SEVL_ERROR_STATE);
    if (mbedtls_sha512_update(sha512_context_of(sha512), data, size) != 0)
        return set_sha512_state(sha512, SEVL_ERROR_CRYPTO);
    return SEVL_OK;
}

enum sevl_result sevl_sha512_finish(struct sevl_sha512 *sha512, uint8_t hash[SEVL_SHA512_SIZE])
{
    enum sevl_result result = SEVL_ERROR_STATE;
    if (sha512->state == SEVL_SHA512_OPEN) {
        int error = mbedtls_sha512_finish(sha512_context_of(sha512), hash);
        result = error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO;
    }
    if (result != SEVL_OK)
        memset(hash, 0, SEVL_SHA512_SIZE);
    sevl_sha512_wipe(sha512);
    return result;
}

void sevl_sha512_wipe(struct sevl_sha512 *sha512)
{
    sevl_wipe(sha512, sizeof *sha512);
}
