/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/digest.h"

#include <string.h>

#include "crypto.h"
#include "sevlaunch/wipe.h"
#include "valid.h"

/* The state follows the result, so that a failed context stays failed. */
static enum sevl_result settle(struct sevl_digest *digest, enum sevl_result result)
{
    if (result == SEVL_OK)
        digest->state = SEVL_DIGEST_OPEN;
    else
        sevl_digest_wipe(digest);
    SEVL_ASSERT(sevl_digest_is_valid(digest));
    return result;
}

enum sevl_result sevl_digest_init(struct sevl_digest *digest)
{
    return settle(digest, sevl_sha256_init(&digest->sha256));
}

enum sevl_result sevl_digest_update(struct sevl_digest *digest, const void *data, size_t size)
{
    if (digest->state != SEVL_DIGEST_OPEN)
        return settle(digest, SEVL_ERROR_STATE);
    return settle(digest, sevl_sha256_update(&digest->sha256, data, size));
}

enum sevl_result sevl_digest_finish(struct sevl_digest *digest,
                                    uint8_t launch_digest[SEVL_SHA256_SIZE])
{
    enum sevl_result result = SEVL_ERROR_STATE;
    if (digest->state == SEVL_DIGEST_OPEN)
        result = sevl_sha256_finish(&digest->sha256, launch_digest);
    else
        memset(launch_digest, 0, SEVL_SHA256_SIZE);
    sevl_digest_wipe(digest);
    SEVL_ASSERT(sevl_digest_is_valid(digest));
    return result;
}

void sevl_digest_wipe(struct sevl_digest *digest)
{
    sevl_wipe(digest, sizeof *digest);
}
