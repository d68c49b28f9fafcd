/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The MBEDTLS_CONFIG_FILE of this project: what crypto.c uses of Mbed TLS and
 * nothing else.
 */
#define MBEDTLS_SHA256_C
#define MBEDTLS_BASE64_C

/* Without these, platform_util.c brings in stdio.h. */
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS
