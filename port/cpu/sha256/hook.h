/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Mbed TLS's name for its block function. Whoever defines it for linkers includes this first:
 * Mbed TLS's configuration renames it.
 */
#ifndef SEVLAUNCH_SHA256_HOOK_H
#define SEVLAUNCH_SHA256_HOOK_H

#include <mbedtls/build_info.h>

struct mbedtls_sha256_context;

int mbedtls_internal_sha256_process(struct mbedtls_sha256_context *context,
                                    const unsigned char data[64]);

#endif
