/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Binary data that people keep as text. */
#ifndef SEVLAUNCH_DECODE_H
#define SEVLAUNCH_DECODE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Decodes bytes in place if all of them are hexadecimal digits, or else base64 (RFC 4648,
 * section 4), with blanks and ends of lines anywhere. Returns how many bytes there are then;
 * bytes that are no such text are left as they are.
 */
size_t decode_text(uint8_t *bytes, size_t size);

#endif
