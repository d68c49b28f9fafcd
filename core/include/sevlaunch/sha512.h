/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * SHA-512 (FIPS 180-4) as a stream, by which guests bind keys of their own to a report: none of
 * it is secret. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SHA512_H
#define SEVLAUNCH_SHA512_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_SHA512_SIZE 64

/* The state of a stream that takes input: far from 0, which wiped memory holds. */
#define SEVL_SHA512_OPEN UINT32_C(0x5b27c98e)

/*
 * A stream. It has room for Mbed TLS's context; only the library looks inside. Zeroed memory
 * is a valid stream that is not open.
 */
struct sevl_sha512 {
    uint64_t opaque[27];
    uint32_t state;
};

/* Valid between calls: the stream is open, or it is zero. */
static inline bool sevl_sha512_is_valid(const struct sevl_sha512 *sha512)
{
    uint64_t any = sha512->state;
    for (size_t i = 0; i < sizeof sha512->opaque / sizeof *sha512->opaque; i++)
        any |= sha512->opaque[i];
    return sha512->state == SEVL_SHA512_OPEN || any == 0;
}

/*
 * Opens a stream of no bytes, in memory of any content.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sha512_init(struct sevl_sha512 *sha512);

/*
 * Appends `size` bytes, any number of them: how the input is split into calls makes no
 * difference. `data` may be NULL if `size` is 0.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the stream is not open, or SEVL_ERROR_CRYPTO if
 * Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sha512_update(struct sevl_sha512 *sha512, const void *data,
                                               size_t size);

/*
 * Writes the hash of all that was appended, and wipes the stream. To go on appending,
 * finish a copy of the stream.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the stream is not open, or SEVL_ERROR_CRYPTO if
 * Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sha512_finish(struct sevl_sha512 *sha512,
                                               uint8_t hash[SEVL_SHA512_SIZE]);

/* Wipes a stream of any state: it is not open any more. */
void sevl_sha512_wipe(struct sevl_sha512 *sha512);

#ifdef __cplusplus
}
#endif

#endif
