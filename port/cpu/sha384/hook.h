/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Mbed TLS's name for its block function, and other names for what its sha512.c defines where
 * this folder has its own. Whoever defines one for linkers includes this first: Mbed TLS's
 * configuration renames it.
 */
#ifndef SEVLAUNCH_CPU_SHA512_HOOK_H
#define SEVLAUNCH_CPU_SHA512_HOOK_H

#include <stddef.h>

#include <mbedtls/build_info.h>

struct mbedtls_sha512_context;

int mbedtls_internal_sha512_process(struct mbedtls_sha512_context *context,
                                    const unsigned char data[128]);

/* Mbed TLS's block function: its C code; with Armv8-A's instructions. */
int sevl_sha512_process_c(struct mbedtls_sha512_context *context, const unsigned char data[128]);
int sevl_sha512_process_armv8(struct mbedtls_sha512_context *context,
                              const unsigned char data[128]);

/* Mbed TLS's mbedtls_sha512_update(), where x86_64.c has its own. See mbedtls_update.c. */
int sevl_sha512_update_rest(struct mbedtls_sha512_context *context, const unsigned char *data,
                            size_t size);

#endif
