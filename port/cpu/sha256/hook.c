/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hook.h"
#include "sha256.h"

bool sevl_sha256_uses_extensions(void)
{
    static enum { UNKNOWN, ABSENT, PRESENT } extensions;
    if (extensions == UNKNOWN)
        extensions = sevl_sha256_has_extensions() ? PRESENT : ABSENT;
    return extensions == PRESENT;
}

int mbedtls_internal_sha256_process(struct mbedtls_sha256_context *context,
                                    const unsigned char data[64])
{
    return sevl_sha256_uses_extensions() ? sevl_sha256_process_extensions(context, data)
                                         : sevl_sha256_process_c(context, data);
}
