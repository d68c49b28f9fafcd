/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Mbed TLS's functions of SHA-512 and SHA-384, which call the hook for each block. x86_64.c has
 * an mbedtls_sha512_update() that takes many blocks at a time, and calls the one here for the
 * rest: so this one gets another name for linkers.
 */
#define MBEDTLS_SHA512_PROCESS_ALT
#include <stddef.h>

#include <mbedtls/build_info.h> /* renames it for linkers */

struct mbedtls_sha512_context;
int mbedtls_sha512_update(struct mbedtls_sha512_context *context, const unsigned char *data,
                          size_t size) __asm__("sevl_sha512_update_rest");

#include <sha512.c> /* NOLINT(bugprone-suspicious-include): it is what this file is for */
