/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "x509/der.h"

#include "crypto/constant_time.h"

/* A length of two or three bytes begins with one of these. */
#define LENGTH_IN_ONE 0x81
#define LENGTH_IN_TWO 0x82

/* Reads tag and length; returns the size of both, or 0. No element here has 64 KiB. */
static size_t read_header(const struct sevl_der *from, uint8_t tag, size_t *length)
{
    const uint8_t *bytes = from->bytes;
    if (from->size < 2 || bytes[0] != tag)
        return 0;
    *length = bytes[1];
    if (*length < 0x80)
        return 2;
    if (*length == LENGTH_IN_ONE && from->size >= 3) {
        *length = bytes[2];
        return *length >= 0x80 ? 3 : 0;
    }
    if (*length == LENGTH_IN_TWO && from->size >= 4) {
        *length = (size_t)bytes[2] << 8 | bytes[3];
        return *length >= 0x100 ? 4 : 0;
    }
    return 0;
}

static void advance(struct sevl_der *from, size_t size)
{
    from->bytes += size;
    from->size -= size;
}

bool sevl_der_take_size(struct sevl_der *from, size_t size, struct sevl_der *bytes)
{
    if (size > from->size)
        return false;
    *bytes = (struct sevl_der){from->bytes, size};
    advance(from, size);
    return true;
}

bool sevl_der_take(struct sevl_der *from, uint8_t tag, struct sevl_der *contents)
{
    size_t length;
    size_t header = read_header(from, tag, &length);
    if (header == 0 || length > from->size - header)
        return false;
    advance(from, header);
    return sevl_der_take_size(from, length, contents);
}

bool sevl_der_take_only(struct sevl_der *from, uint8_t tag, struct sevl_der *contents)
{
    return sevl_der_take(from, tag, contents) && from->size == 0;
}

bool sevl_der_take_bytes(struct sevl_der *from, const void *bytes, size_t size)
{
    if (from->size < size || !sevl_constant_time_equal(from->bytes, bytes, size))
        return false;
    advance(from, size);
    return true;
}

/* Two's complement in as few bytes as it takes, and not negative. */
static bool is_shortest(struct sevl_der integer)
{
    if (integer.size == 0 || integer.size > sizeof(uint32_t) || integer.bytes[0] >= 0x80)
        return false;
    return integer.size == 1 || integer.bytes[0] != 0 || integer.bytes[1] >= 0x80;
}

bool sevl_der_take_number(struct sevl_der *from, uint32_t *number)
{
    struct sevl_der rest = *from;
    struct sevl_der integer;
    if (!sevl_der_take(&rest, SEVL_DER_INTEGER, &integer) || !is_shortest(integer))
        return false;
    *number = 0;
    for (size_t i = 0; i < integer.size; i++)
        *number = *number << 8 | integer.bytes[i];
    *from = rest;
    return true;
}

/* Each number ends with a byte below 0x80, and begins with another one than 0x80. */
static bool is_oid(struct sevl_der oid)
{
    uint8_t last = 0;
    for (size_t i = 0; i < oid.size; i++) {
        if (last < 0x80 && oid.bytes[i] == 0x80)
            return false;
        last = oid.bytes[i];
    }
    return oid.size > 0 && last < 0x80;
}

bool sevl_der_take_oid(struct sevl_der *from, struct sevl_der *oid)
{
    struct sevl_der rest = *from;
    if (!sevl_der_take(&rest, SEVL_DER_OID, oid) || !is_oid(*oid))
        return false;
    *from = rest;
    return true;
}

bool sevl_der_is_form(const struct sevl_der *der, const uint8_t *form, size_t size,
                      size_t short_size, size_t length_at)
{
    const size_t after = length_at + 1;
    if (der->size != size && der->size != short_size)
        return false;
    return sevl_constant_time_equal(der->bytes, form, length_at) &&
           der->bytes[length_at] == der->size - after &&
           sevl_constant_time_equal(der->bytes + after, form + after, der->size - after);
}
