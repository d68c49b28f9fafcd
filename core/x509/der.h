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

enum {
    SEVL_DER_BOOLEAN = 0x01,
    SEVL_DER_INTEGER = 0x02,
    SEVL_DER_BIT_STRING = 0x03,
    SEVL_DER_OCTET_STRING = 0x04,
    SEVL_DER_OID = 0x06,
    SEVL_DER_UTF8_STRING = 0x0c,
    SEVL_DER_IA5_STRING = 0x16,
    SEVL_DER_UTC_TIME = 0x17,
    SEVL_DER_GENERALIZED_TIME = 0x18,
    SEVL_DER_SEQUENCE = 0x30,
    SEVL_DER_SET = 0x31,
    SEVL_DER_EXPLICIT = 0xa0 /* and the number */
};

/* Bytes in DER: the contents of an element, or what is left to read of them. */
struct sevl_der {
    const uint8_t *bytes;
    size_t size;
};

/* Each takes what it returns off the front of `from`; if it returns false, `from` is as before. */

/* Takes the contents of an element. */
bool sevl_der_take(struct sevl_der *from, uint8_t tag, struct sevl_der *contents);

/* Takes the contents of an element that is all of `from`, or leaves `from` in any state. */
bool sevl_der_take_only(struct sevl_der *from, uint8_t tag, struct sevl_der *contents);

/* Takes these bytes. */
bool sevl_der_take_bytes(struct sevl_der *from, const void *bytes, size_t size);

/* Takes any `size` bytes. */
bool sevl_der_take_size(struct sevl_der *from, size_t size, struct sevl_der *bytes);

/* Takes an INTEGER from 0 to 2^31 - 1. */
bool sevl_der_take_number(struct sevl_der *from, uint32_t *number);

/* Takes the contents of an OBJECT IDENTIFIER: numbers in as few bytes as they take. */
bool sevl_der_take_oid(struct sevl_der *from, struct sevl_der *oid);

/*
 * Whether these are the bytes of a form that is written in one of two ways: whole, of `size`
 * bytes, or without its last optional part, of `short_size`. The byte at `length_at` is the
 * length of all that follows it, which has less than 128 bytes.
 */
bool sevl_der_is_form(const struct sevl_der *der, const uint8_t *form, size_t size,
                      size_t short_size, size_t length_at);

#endif
