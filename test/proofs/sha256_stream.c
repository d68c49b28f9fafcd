/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The SHA-256 stream: what is proved stands in stream_proof.h. */
#include "mbedtls_model.h"

#include <core/crypto/sha256.c>

#define SEVL(name) sevl_sha256_##name
#define MBEDTLS(name) mbedtls_sha256_##name
#define STREAM struct sevl_sha256
#define SIZE SEVL_SHA256_SIZE
#define OPEN SEVL_SHA256_OPEN
#define VARIANT 0 /* not SHA-224 */
#include "stream_proof.h"
