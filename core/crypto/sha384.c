/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sha384.h"

#include <string.h>

#include <mbedtls/sha512.h>

#include "base/assert.h"
#include "sevlaunch/wipe.h"

_Static_assert(sizeof(mbedtls_sha512_context) <= sizeof((struct sevl_sha384 *)0)->opaque,
               "struct sevl_sha384 has room for the context");
_Static_assert(_Alignof(mbedtls_sha512_context) <= _Alignof(struct sevl_sha384),
               "struct sevl_sha384 is aligned as the context");

static mbedtls_sha512_context *sha384_context(struct sevl_sha384 *sha384)
{
    return (mbedtls_sha512_context *)sha384->opaque;
}

/* The state follows the result, so that a failed context stays failed. */
static enum sevl_result set_sha384_state(struct sevl_sha384 *sha384, enum sevl_result result)
{
    if (result == SEVL_OK)
        sha384->state = SEVL_SHA384_OPEN;
    else
        sevl_sha384_wipe(sha384);
    SEVL_ASSERT(sevl_sha384_is_valid(sha384));
    return result;
}

enum sevl_result sevl_sha384_init(struct sevl_sha384 *sha384)
{
    mbedtls_sha512_init(sha384_context(sha384));
    int error = mbedtls_sha512_starts(sha384_context(sha384), 1);
    return set_sha384_state(sha384, error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO);
}

enum sevl_result sevl_sha384_update(struct sevl_sha384 *sha384, const void *data, size_t size)
{
    if (sha384->state != SEVL_SHA384_OPEN)
        return set_sha384_state(sha384, SEVL_ERROR_STATE);
    if (mbedtls_sha512_update(sha384_context(sha384), data, size) != 0)
        return set_sha384_state(sha384, SEVL_ERROR_CRYPTO);
    return SEVL_OK;
}

enum sevl_result sevl_sha384_finish(struct sevl_sha384 *sha384, uint8_t hash[SEVL_SHA384_SIZE])
{
    enum sevl_result result = SEVL_ERROR_STATE;
    if (sha384->state == SEVL_SHA384_OPEN) {
        int error = mbedtls_sha512_finish(sha384_context(sha384), hash);
        result = error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO;
    }
    if (result != SEVL_OK)
        memset(hash, 0, SEVL_SHA384_SIZE);
    sevl_sha384_wipe(sha384);
    return result;
}

void sevl_sha384_wipe(struct sevl_sha384 *sha384)
{
    sevl_wipe(sha384, sizeof *sha384);
}
