/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sha256.h"

#include <mbedtls/sha256.h>

int mbedtls_internal_sha256_process(struct mbedtls_sha256_context *context,
                                    const unsigned char data[64])
{
    sha256_process_words(context->MBEDTLS_PRIVATE(state), data);
    return 0;
}
