/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A strict reader of DER (X.690): an element is taken only if it has the expected tag, its
 * length is written in the shortest form, and all of it is there. Nothing is copied.
 */
#ifndef SEVLAUNCH_DER_H
#define SEVLAUNCH_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEVL_DER_INTEGER = 0x02, SEVL_DER_SEQUENCE = 0x30 };

/* Bytes in DER: the contents of an element, or what is left to read of them. */
struct sevl_der {
    const uint8_t *bytes;
    size_t size;
};

/* Each takes what it returns off the front of `from`; if it returns false, `from` is as before. */

/* Takes the contents of an element. */
bool sevl_der_take(struct sevl_der *from, uint8_t tag, struct sevl_der *contents);

/* Takes these bytes. */
bool sevl_der_take_bytes(struct sevl_der *from, const void *bytes, size_t size);

/* Takes any `size` bytes. */
bool sevl_der_take_size(struct sevl_der *from, size_t size, struct sevl_der *bytes);

#endif
