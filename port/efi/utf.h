/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Converts between UTF-8, which applications use, and UTF-16, which EFI uses, piece by
 * piece. Both are strict: a lone surrogate, an overlong form or a cut sequence is
 * malformed.
 */
#ifndef SEVLAUNCH_UTF_H
#define SEVLAUNCH_UTF_H

#include <stdbool.h>

#include "efi.h"

/* A decoder gives this for malformed bytes or units; no code point has this value. */
#define UTF_MALFORMED UINT32_MAX

/* A UTF-8 sequence that is not complete yet; zeroed memory is none. */
struct utf8 {
    uint32_t code;
    uint32_t min;  /* that a sequence of this length may encode */
    unsigned left; /* bytes to come */
};

/* A surrogate pair that is not complete yet; zeroed memory is none. */
struct utf16 {
    CHAR16 high;
};

/*
 * Take one byte or unit. Write the code points that it completes, at most two: it can
 * break a sequence and be a character of its own. Return their count.
 */
size_t utf8_decode(struct utf8 *utf8, unsigned char byte, uint32_t codes[2]);
size_t utf16_decode(struct utf16 *utf16, CHAR16 unit, uint32_t codes[2]);

/* Write a code point, or U+FFFD for UTF_MALFORMED. Return the count of bytes or units. */
size_t utf8_encode(uint32_t code, char bytes[4]);
size_t utf16_encode(uint32_t code, CHAR16 units[2]);

/*
 * Converts a NUL-terminated text to NUL-terminated units. Returns false if it is
 * malformed or does not fit into `room` units; `units` may then hold anything.
 */
bool utf8_to_utf16(const char *text, CHAR16 *units, size_t room);

#endif
