/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* SHA-384 of many pages in one call: the place for a CPU that hashes several at a time. */
#ifndef SEVLAUNCH_SHA384_PAGES_H
#define SEVLAUNCH_SHA384_PAGES_H

#include "sevlaunch/scratch.h"
#include "sevlaunch/sha384.h"

/* As many pages as one call hashes at most. */
#define SEVL_SHA384_PAGES_MAX 8

/*
 * Writes the hash of each of `count` whole pages, 1 to SEVL_SHA384_PAGES_MAX, which follow
 * each other in memory.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed: all hashes are zero then.
 */
SEVL_CHECK enum sevl_result sevl_sha384_pages(const uint8_t *pages, size_t count,
                                              uint8_t (*hashes)[SEVL_SHA384_SIZE]);

#endif
