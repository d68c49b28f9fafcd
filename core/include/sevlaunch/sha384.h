/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * SHA-384 (FIPS 180-4) as a stream, for what SEV-SNP measures and signs: none of it is
 * secret. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SHA384_H
#define SEVLAUNCH_SHA384_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_SHA384_SIZE 48

/* The state of a stream that takes input: far from 0, which wiped memory holds. */
#define SEVL_SHA384_OPEN UINT32_C(0x94e116c2)

/*
 * A stream. It has room for Mbed TLS's context; only the library looks inside. Zeroed memory
 * is a valid stream that is not open.
 */
struct sevl_sha384 {
    uint64_t opaque[27];
    uint32_t state;
};

/* Valid between calls: the stream is open, or it is zero. */
static inline bool sevl_sha384_is_valid(const struct sevl_sha384 *sha384)
{
    uint64_t any = sha384->state;
    for (size_t i = 0; i < sizeof sha384->opaque / sizeof *sha384->opaque; i++)
        any |= sha384->opaque[i];
    return sha384->state == SEVL_SHA384_OPEN || any == 0;
}

/*
 * Opens a stream of no bytes, in memory of any content.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sha384_init(struct sevl_sha384 *sha384);

/*
 * Appends `size` bytes, any number of them: how the input is split into calls makes no
 * difference. `data` may be NULL if `size` is 0.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the stream is not open, or SEVL_ERROR_CRYPTO if
 * Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sha384_update(struct sevl_sha384 *sha384, const void *data,
                                               size_t size);

/*
 * Writes the hash of all that was appended, and wipes the stream. To go on appending,
 * finish a copy of the stream.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the stream is not open, or SEVL_ERROR_CRYPTO if
 * Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sha384_finish(struct sevl_sha384 *sha384,
                                               uint8_t hash[SEVL_SHA384_SIZE]);

/* Wipes a stream of any state: it is not open any more. */
void sevl_sha384_wipe(struct sevl_sha384 *sha384);

#ifdef __cplusplus
}
#endif

#endif
