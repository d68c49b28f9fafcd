/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * For a file that includes Mbed TLS's sha256.c again, only for its block function. The
 * other functions of sha256.c are declared static first, and stay static (C11, 6.2.2,
 * paragraph 5): they cannot collide with those of the library, and the compiler leaves
 * them out.
 */
#ifndef SEVLAUNCH_SHA256_MBEDTLS_STATIC_H
#define SEVLAUNCH_SHA256_MBEDTLS_STATIC_H

#include <stddef.h>

#include <mbedtls/build_info.h> /* renames them for linkers */

struct mbedtls_sha256_context;

static void mbedtls_sha256_init(struct mbedtls_sha256_context *context);
static void mbedtls_sha256_free(struct mbedtls_sha256_context *context);
static void mbedtls_sha256_clone(struct mbedtls_sha256_context *to,
                                 const struct mbedtls_sha256_context *from);
static int mbedtls_sha256_starts(struct mbedtls_sha256_context *context, int is224);
static int mbedtls_sha256_update(struct mbedtls_sha256_context *context, const unsigned char *data,
                                 size_t size);
static int mbedtls_sha256_finish(struct mbedtls_sha256_context *context, unsigned char *digest);
static int mbedtls_sha256(const unsigned char *data, size_t size, unsigned char *digest, int is224);

#endif
