/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Mbed TLS's block function with the instructions of Armv8-A, under a name of its own as in
 * mbedtls_c.c. Mbed TLS could choose between the two itself, but it asks an operating system
 * whether the CPU has the instructions, and EFI is not one.
 */
#include "mbedtls_static.h"

int mbedtls_internal_sha256_process(
    struct mbedtls_sha256_context *context,
    const unsigned char data[64]) __asm__("sevl_sha256_process_extensions");

#define MBEDTLS_SHA256_USE_ARMV8_A_CRYPTO_ONLY
#include <sha256.c> /* NOLINT(bugprone-suspicious-include): it is what this file is for */
