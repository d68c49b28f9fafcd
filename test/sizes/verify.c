/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A verification as small as they get: what it links is what the core costs. The
 * firmware is the caller's, and all that is known of the launch is in one place.
 */
#include "verify.h"

#include <sevlaunch/digest.h>

struct verification verification;

enum sevl_result verify(const void *firmware, size_t size)
{
    struct verification *v = &verification;
    if (sevl_digest_init(&v->digest) != SEVL_OK ||
        sevl_digest_update(&v->digest, firmware, size) != SEVL_OK ||
        sevl_digest_finish(&v->digest, v->launch_digest) != SEVL_OK)
        return SEVL_ERROR_CRYPTO;
    return sevl_verify(v->tik, &v->launch, v->launch_digest, &v->reported);
}
