/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Bytes that are all the same: most pages of a firmware image are, and have one hash. */
#ifndef SEVLAUNCH_SNP_UNIFORM_H
#define SEVLAUNCH_SNP_UNIFORM_H

#include "sevlaunch/scratch.h"
#include "sevlaunch/sha384.h"

/* Whether each of `size` bytes is `byte`: all are compared. */
bool sevl_snp_is_uniform(const uint8_t *bytes, size_t size, uint8_t byte);

/*
 * Appends `size` times the same byte to an open hash.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_snp_append_uniform(struct sevl_sha384 *page, uint8_t byte,
                                                    size_t size);

/*
 * Writes the hash of a page of that byte.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed: the hash is zero then.
 */
SEVL_CHECK enum sevl_result sevl_snp_hash_uniform(uint8_t byte, uint8_t hash[SEVL_SHA384_SIZE]);

#endif
