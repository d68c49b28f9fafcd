/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hook.h"
#include "sha512.h"

#include <mbedtls/sha512.h>

int mbedtls_internal_sha512_process(mbedtls_sha512_context *context, const unsigned char data[128])
{
    sevl_sha512_process_words(context->MBEDTLS_PRIVATE(state), data);
    return 0;
}
