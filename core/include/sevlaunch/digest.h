/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The launch digest (LD): SHA-256 over all that the host put into the guest's
 * memory before its launch, in order: the firmware first (AMD 55766, section
 * 6.3, LAUNCH_UPDATE_DATA). See result.h for the conventions.
 */
#ifndef SEVLAUNCH_DIGEST_H
#define SEVLAUNCH_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "result.h"
#include "sha256.h"

/* Zeroed memory is a valid context that was never initialised. */
struct sevl_digest {
    struct sevl_sha256 sha256;
    uint32_t state;
};

/*
 * Starts an empty digest in a context of any content.
 * Returns SEVL_OK or SEVL_ERROR_CRYPTO.
 */
SEVL_CHECK enum sevl_result sevl_digest_init(struct sevl_digest *digest);

/*
 * Appends `size` bytes, any number of them: how the input is split into calls
 * makes no difference. `data` may be NULL when `size` is 0.
 * Returns SEVL_OK, SEVL_ERROR_STATE or SEVL_ERROR_CRYPTO.
 */
SEVL_CHECK enum sevl_result sevl_digest_update(struct sevl_digest *digest, const void *data,
                                               size_t size);

/*
 * Writes the digest of what was appended and wipes the context. To read a
 * digest and go on appending, finish a copy of the context.
 * Returns SEVL_OK, SEVL_ERROR_STATE or SEVL_ERROR_CRYPTO.
 */
SEVL_CHECK enum sevl_result sevl_digest_finish(struct sevl_digest *digest,
                                               uint8_t launch_digest[SEVL_SHA256_SIZE]);

/* Abandons a digest: wipes the context, whatever its state. */
void sevl_digest_wipe(struct sevl_digest *digest);

#endif
