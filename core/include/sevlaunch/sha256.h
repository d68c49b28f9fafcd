/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * SHA-256 (FIPS 180-4) as a stream. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SHA256_H
#define SEVLAUNCH_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_SHA256_SIZE 32

/* The state of a stream that takes input: far from 0, which wiped memory holds. */
#define SEVL_SHA256_OPEN UINT32_C(0x6b1ee93d)

/*
 * A stream. It has room for Mbed TLS's context in any of its configurations; only the
 * library looks inside. Zeroed memory is a valid stream that is not open.
 */
struct sevl_sha256 {
    uint32_t opaque[27];
    uint32_t state;
};

/* Valid between calls: the stream is open, or it is zero. */
static inline bool sevl_sha256_is_valid(const struct sevl_sha256 *sha256)
{
    uint32_t any = sha256->state;
    for (size_t i = 0; i < sizeof sha256->opaque / sizeof *sha256->opaque; i++)
        any |= sha256->opaque[i];
    return sha256->state == SEVL_SHA256_OPEN || any == 0;
}

/*
 * Opens a stream of no bytes, in memory of any content.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sha256_init(struct sevl_sha256 *sha256);

/*
 * Appends `size` bytes, any number of them, up to 2^61 - 1 in all: how the input is split
 * into calls makes no difference. `data` may be NULL if `size` is 0.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the stream is not open, or SEVL_ERROR_CRYPTO if
 * Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sha256_update(struct sevl_sha256 *sha256, const void *data,
                                               size_t size);

/*
 * Writes the hash of all that was appended, and wipes the stream. To go on appending,
 * finish a copy of the stream.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the stream is not open, or SEVL_ERROR_CRYPTO if
 * Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sha256_finish(struct sevl_sha256 *sha256,
                                               uint8_t hash[SEVL_SHA256_SIZE]);

/* Wipes a stream of any state: it is not open any more. */
void sevl_sha256_wipe(struct sevl_sha256 *sha256);

#ifdef __cplusplus
}
#endif

#endif
