/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Mbed TLS's block function in C, for CPUs without the instructions. The hook has its name
 * (hook.c), so this one gets another name for linkers.
 */
#include "mbedtls_static.h"

int mbedtls_internal_sha256_process(struct mbedtls_sha256_context *context,
                                    const unsigned char data[64]) __asm__("sevl_sha256_process_c");

#include <sha256.c> /* NOLINT(bugprone-suspicious-include): it is what this file is for */
