/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Mbed TLS's block function with the instructions of Armv8.2-A, under a name of its own: see
 * ../sha256/mbedtls_armv8.c.
 */
#include "mbedtls_static.h"

int mbedtls_internal_sha512_process(
    struct mbedtls_sha512_context *context,
    const unsigned char data[128]) __asm__("sevl_sha512_process_armv8");

#define MBEDTLS_SHA512_USE_A64_CRYPTO_ONLY
#include <sha512.c> /* NOLINT(bugprone-suspicious-include): it is what this file is for */
