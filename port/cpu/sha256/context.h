/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a block function changes in Mbed TLS's context. */
#ifndef SEVLAUNCH_SHA256_CONTEXT_H
#define SEVLAUNCH_SHA256_CONTEXT_H

#include <mbedtls/sha256.h>

static inline uint32_t *context_state(struct mbedtls_sha256_context *context)
{
    return context->MBEDTLS_PRIVATE(state);
}

/* The bytes that it took, least significant half first. */
static inline uint32_t *context_total(struct mbedtls_sha256_context *context)
{
    return context->MBEDTLS_PRIVATE(total);
}

#endif
