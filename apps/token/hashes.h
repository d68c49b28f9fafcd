/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_TOKEN_HASHES_H
#define SEVLAUNCH_TOKEN_HASHES_H

#include <stdbool.h>

#include <sevlaunch/sha384.h>

/*
 * Computes the SHA-384 of bytes. Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result hash_bytes(const void *bytes, size_t size,
                                       uint8_t sha384[SEVL_SHA384_SIZE]);

/* In a time that depends on neither. */
bool hash_equal(const uint8_t one[SEVL_SHA384_SIZE], const uint8_t other[SEVL_SHA384_SIZE]);

#endif
