/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_BASE64_H
#define SEVLAUNCH_BASE64_H

#include <stddef.h>
#include <stdint.h>

#include "result.h"

/* The characters that `size` bytes take, with a NUL behind them. */
#define SEVL_BASE64_SIZE(size) (((size) + 2) / 3 * 4 + 1)

/*
 * Writes bytes as base64 (RFC 4648, section 4) with a NUL behind it. Its time does
 * not depend on the bytes, which may be secret.
 * Returns SEVL_OK, or SEVL_ERROR_LENGTH, with an empty text where there is room for
 * its NUL, when `capacity` is less than SEVL_BASE64_SIZE(size).
 */
SEVL_CHECK enum sevl_result sevl_base64_encode(const uint8_t *bytes, size_t size, char *text,
                                               size_t capacity);

#endif
