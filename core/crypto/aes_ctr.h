/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_AES_CTR_H
#define SEVLAUNCH_AES_CTR_H

#include <stddef.h>
#include <stdint.h>

#include "sevlaunch/result.h"

#define SEVL_AES128_SIZE 16

/*
 * Encrypts `size` bytes in place with AES-128 in counter mode (NIST SP 800-38A,
 * section 6.5), from the counter block `iv` on.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO with `data` in any state.
 */
SEVL_CHECK enum sevl_result sevl_aes128_ctr(const uint8_t key[SEVL_AES128_SIZE],
                                            const uint8_t iv[SEVL_AES128_SIZE], uint8_t *data,
                                            size_t size);

#endif
