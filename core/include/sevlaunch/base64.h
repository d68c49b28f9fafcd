/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Base64 text (RFC 4648, section 4). See sevlaunch.h for the conventions. */
#ifndef SEVLAUNCH_BASE64_H
#define SEVLAUNCH_BASE64_H

#include <stddef.h>
#include <stdint.h>

#include "result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The characters that `size` bytes take, with a NUL after them. */
#define SEVL_BASE64_SIZE(size) (((size) + 2) / 3 * 4 + 1)

/*
 * Writes bytes as base64 with a NUL after it, to `text` of `capacity` characters. Its time
 * does not depend on the bytes, which may be secret.
 * Returns SEVL_OK, or SEVL_ERROR_LENGTH, with an empty text where there is room for
 * its NUL, when `capacity` is less than SEVL_BASE64_SIZE(size).
 */
SEVL_CHECK enum sevl_result sevl_base64_encode(const uint8_t *bytes, size_t size, char *text,
                                               size_t capacity);

/*
 * Reads base64 text of `length` characters, all of them of its alphabet: no blanks, and no
 * NUL at its end.
 * Returns SEVL_OK; SEVL_ERROR_ENCODING if a character is not of the alphabet; or
 * SEVL_ERROR_LENGTH if the text does not hold exactly `size` bytes. After an error
 * `bytes` are in any state.
 */
SEVL_CHECK enum sevl_result sevl_base64_decode(const char *text, size_t length, uint8_t *bytes,
                                               size_t size);

#ifdef __cplusplus
}
#endif

#endif
