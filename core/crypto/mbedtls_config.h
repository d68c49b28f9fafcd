/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The MBEDTLS_CONFIG_FILE of this project: what crypto.c uses of Mbed TLS and
 * nothing else.
 */
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA384_C
#define MBEDTLS_SHA512_C
#define MBEDTLS_BASE64_C

/* Encryption in counter mode alone, its tables in ROM and as small as they get. */
#define MBEDTLS_AES_C
#define MBEDTLS_CIPHER_MODE_CTR
#define MBEDTLS_BLOCK_CIPHER_NO_DECRYPT
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_AES_FEWER_TABLES

/* Without these, platform_util.c brings in stdio.h. */
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS

#include "mbedtls_names.h"
