/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The SHA-512 stream: what is proved stands in stream_proof.h. */
#include "mbedtls_model.h"

#include <core/crypto/sha512.c>

#define SEVL(name) sevl_sha512_##name
#define MBEDTLS(name) mbedtls_sha512_##name
#define STREAM struct sevl_sha512
#define SIZE SEVL_SHA512_SIZE
#define OPEN SEVL_SHA512_OPEN
#define VARIANT 0 /* not SHA-384 */
#include "stream_proof.h"
