/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The hash by which reports, certificates and keys are signed and pinned. */
#ifndef SEVLAUNCH_SNP_HASH_H
#define SEVLAUNCH_SNP_HASH_H

#include "sevlaunch/sha384.h"

/*
 * Computes the SHA-384 of `size` bytes in a stream of any content.
 * Returns SEVL_OK; or SEVL_ERROR_CRYPTO, with zeros in `hash`, if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_snp_hash(struct sevl_sha384 *stream, const uint8_t *bytes,
                                          size_t size, uint8_t hash[SEVL_SHA384_SIZE]);

#endif
