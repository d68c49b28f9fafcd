/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * For a file that includes Mbed TLS's sha512.c again, only for its block function: see
 * ../sha256/mbedtls_static.h.
 */
#ifndef SEVLAUNCH_CPU_SHA512_MBEDTLS_STATIC_H
#define SEVLAUNCH_CPU_SHA512_MBEDTLS_STATIC_H

#include <stddef.h>

#include <mbedtls/build_info.h> /* renames them for linkers */

struct mbedtls_sha512_context;

static void mbedtls_sha512_init(struct mbedtls_sha512_context *context);
static void mbedtls_sha512_free(struct mbedtls_sha512_context *context);
static void mbedtls_sha512_clone(struct mbedtls_sha512_context *to,
                                 const struct mbedtls_sha512_context *from);
static int mbedtls_sha512_starts(struct mbedtls_sha512_context *context, int is384);
static int mbedtls_sha512_update(struct mbedtls_sha512_context *context, const unsigned char *data,
                                 size_t size);
static int mbedtls_sha512_finish(struct mbedtls_sha512_context *context, unsigned char *digest);
static int mbedtls_sha512(const unsigned char *data, size_t size, unsigned char *digest, int is384);

#endif
