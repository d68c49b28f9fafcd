/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The members of Mbed TLS's context that block functions use. */
#ifndef SEVLAUNCH_SHA256_CONTEXT_H
#define SEVLAUNCH_SHA256_CONTEXT_H

#include <mbedtls/sha256.h>

static inline uint32_t *context_state(struct mbedtls_sha256_context *context)
{
    return context->MBEDTLS_PRIVATE(state);
}

/* The count of bytes so far, least significant half first. */
static inline uint32_t *context_total(struct mbedtls_sha256_context *context)
{
    return context->MBEDTLS_PRIVATE(total);
}

#endif
