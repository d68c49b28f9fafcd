/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The members of Mbed TLS's context that code for x86-64 uses. */
#ifndef SEVLAUNCH_CPU_SHA512_CONTEXT_H
#define SEVLAUNCH_CPU_SHA512_CONTEXT_H

#include <mbedtls/sha512.h>

static inline uint64_t *context_state(mbedtls_sha512_context *context)
{
    return context->MBEDTLS_PRIVATE(state);
}

/* The count of bytes so far, least significant half first. */
static inline uint64_t *context_total(mbedtls_sha512_context *context)
{
    return context->MBEDTLS_PRIVATE(total);
}

#endif
