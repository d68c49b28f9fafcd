/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The SHA-384 stream: what is proved stands in stream_proof.h. */
#include "mbedtls_model.h"

#include <core/crypto/sha384.c>

#define SEVL(name) sevl_sha384_##name
#define MBEDTLS(name) mbedtls_sha512_##name
#define STREAM struct sevl_sha384
#define SIZE SEVL_SHA384_SIZE
#define OPEN SEVL_SHA384_OPEN
#define VARIANT 1 /* not SHA-512 */
#include "stream_proof.h"
