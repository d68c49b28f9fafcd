/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mbed TLS's block function in C, under a name of its own: see ../sha256/mbedtls_c.c. */
#include "mbedtls_static.h"

int mbedtls_internal_sha512_process(struct mbedtls_sha512_context *context,
                                    const unsigned char data[128]) __asm__("sevl_sha512_process_c");

#include <sha512.c> /* NOLINT(bugprone-suspicious-include): it is what this file is for */
