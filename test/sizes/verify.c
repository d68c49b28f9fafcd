/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The smallest verification: the size of what it links is the cost of the core. The caller
 * has the firmware; all that is known of the launch is in one place.
 */
#include "verify.h"

#include <sevlaunch/sha256.h>

struct verification verification;

enum sevl_result verify(const void *firmware, size_t size)
{
    struct verification *v = &verification;
    if (sevl_sha256_init(&v->digest) != SEVL_OK ||
        sevl_sha256_update(&v->digest, firmware, size) != SEVL_OK ||
        sevl_sha256_finish(&v->digest, v->launch_digest) != SEVL_OK)
        return SEVL_ERROR_CRYPTO;
    return sevl_measurement_verify(v->tik, &v->launch, v->launch_digest, &v->reported);
}
