/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The reader of DER, for any bytes of up to 66000: an element is taken if and only if it has
 * the tag, its length is in the shortest form, and all of it is there. Nothing else moves.
 * A number, up to 2^31 - 1, and an object identifier of up to 8 bytes are taken if and only if
 * they are written in as few bytes as they take.
 */
#include "proof.h"

#include <core/x509/der.c>
#include <stdlib.h>

#define SIZE_MAX_HERE 66000
#define WANTED_MAX 3
#define OID_MAX 8

bool sevl_constant_time_equal(const void *a, const void *b, size_t size)
{
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size));
    for (size_t i = 0; i < size; i++)
        if (((const uint8_t *)a)[i] != ((const uint8_t *)b)[i])
            return false;
    return true;
}

/* The header of so many bytes, and the length that it tells; 0: there is none. */
static size_t header_of(const uint8_t *bytes, size_t size, size_t *length)
{
    size_t more = size > 1 && bytes[1] >= 0x80 ? bytes[1] - 0x80u : 0;
    if (size < 2 || more > 2 || size < 2 + more || bytes[1] == 0x80)
        return 0;
    *length = more == 0 ? bytes[1] : more == 1 ? bytes[2] : bytes[2] * 256u + bytes[3];
    size_t least = more == 0 ? 0 : more == 1 ? 128 : 256;
    return *length < least ? 0 : 2 + more;
}

static void take_element(const uint8_t *bytes, size_t size)
{
    struct sevl_der from = {bytes, size};
    struct sevl_der contents;
    size_t length = 0;
    uint8_t tag = nondet_u8();
    size_t header = header_of(bytes, size, &length);
    bool is_there = header > 0 && bytes[0] == tag && size - header >= length;

    bool taken = sevl_der_take(&from, tag, &contents);

    REACHES(taken && header == 2 && length == 0 && size == 2);
    REACHES(taken && header == 3 && length == 128);
    REACHES(taken && header == 4 && from.size > 0);
    REACHES(!taken && header == 4);
    PROVE(taken == is_there);
    if (taken)
        PROVE(contents.bytes == bytes + header && contents.size == length);
    PROVE(from.bytes == bytes + (taken ? header + length : 0));
    PROVE(from.size == size - (taken ? header + length : 0));
}

static void take_any(const uint8_t *bytes, size_t size)
{
    struct sevl_der from = {bytes, size};
    struct sevl_der part;
    size_t wanted = nondet_size();

    bool taken = sevl_der_take_size(&from, wanted, &part);

    REACHES(taken && from.size == 0);
    REACHES(!taken);
    PROVE(taken == (wanted <= size));
    if (taken)
        PROVE(part.bytes == bytes && part.size == wanted);
    PROVE(from.bytes == bytes + (taken ? wanted : 0));
    PROVE(from.size == size - (taken ? wanted : 0));
}

static void take_these(const uint8_t *bytes, size_t size)
{
    struct sevl_der from = {bytes, size};
    uint8_t wanted[WANTED_MAX];
    size_t wanted_size = any_below(WANTED_MAX + 1);
    size_t at = any_below(WANTED_MAX);

    bool taken = sevl_der_take_bytes(&from, ENDING(wanted, wanted_size), wanted_size);

    REACHES(taken && wanted_size == WANTED_MAX);
    REACHES(!taken && size >= wanted_size);
    if (taken)
        PROVE(wanted_size <= size &&
              (at >= wanted_size || bytes[at] == ENDING(wanted, wanted_size)[at]));
    if (wanted_size == 0 || (wanted_size == 1 && size > 0 && bytes[0] == wanted[WANTED_MAX - 1]))
        PROVE(taken);
    PROVE(from.bytes == bytes + (taken ? wanted_size : 0));
    PROVE(from.size == size - (taken ? wanted_size : 0));
}

static void take_only_element(const uint8_t *bytes, size_t size)
{
    struct sevl_der from = {bytes, size};
    struct sevl_der contents;
    size_t length = 0;
    uint8_t tag = nondet_u8();
    size_t header = header_of(bytes, size, &length);

    bool taken = sevl_der_take_only(&from, tag, &contents);

    REACHES(taken && header == 3);
    REACHES(!taken && header == 3 && from.size > 0);
    PROVE(taken == (header > 0 && bytes[0] == tag && size - header == length));
    if (taken)
        PROVE(contents.bytes == bytes + header && contents.size == length);
}

/* Of two bytes, the second of which is a length, and two more; or of one more. */
static void is_form(const uint8_t *bytes, size_t size)
{
    uint8_t form[4];
    const struct sevl_der der = {bytes, size};

    bool is = sevl_der_is_form(&der, form, 4, 3, 1);

    REACHES(is && size == 3);
    REACHES(is && size == 4);
    REACHES(!is && size == 4 && bytes[0] == form[0] && bytes[1] == 2);
    PROVE(is == ((size == 3 || size == 4) && bytes[0] == form[0] && bytes[1] == size - 2 &&
                 bytes[2] == form[2] && (size == 3 || bytes[3] == form[3])));
}

/* Whether an element is taken with this tag; then it is of `*length` bytes after the header. */
static size_t header_with(const uint8_t *bytes, size_t size, uint8_t tag, size_t *length)
{
    size_t header = header_of(bytes, size, length);
    return header > 0 && bytes[0] == tag && size - header >= *length ? header : 0;
}

static void take_number(const uint8_t *bytes, size_t size)
{
    struct sevl_der from = {bytes, size};
    uint32_t number = 7;
    uint64_t wanted = 0;
    size_t length = 0;
    size_t header = header_with(bytes, size, SEVL_DER_INTEGER, &length);
    const uint8_t *contents = bytes + header;
    bool right = header > 0 && length >= 1 && length <= 4 && contents[0] < 0x80;
    for (size_t i = 0; right && i < length; i++)
        wanted = wanted * 256 + contents[i];
    /* As few bytes: one less would have no room for it, with the sign. */
    right = right && (length == 1 || wanted >= (uint64_t)1 << (8 * (length - 1) - 1));

    bool taken = sevl_der_take_number(&from, &number);

    REACHES(taken && number == 0x7fffffff);
    REACHES(taken && number == 128 && from.size == 0);
    REACHES(!taken && header > 0 && length == 2);
    PROVE(taken == right);
    PROVE(number == (taken ? wanted : 7));
    PROVE(from.bytes == bytes + (taken ? header + length : 0));
    PROVE(from.size == size - (taken ? header + length : 0));
}

static void take_oid(const uint8_t *bytes, size_t size)
{
    struct sevl_der from = {bytes, size};
    struct sevl_der oid;
    size_t length = 0;
    size_t header = header_with(bytes, size, SEVL_DER_OID, &length);
    ASSUME(length <= OID_MAX);
    const uint8_t *contents = bytes + header;
    bool right = header > 0 && length > 0 && contents[length - 1] < 0x80;
    for (size_t i = 0; right && i < length; i++)
        if (contents[i] == 0x80 && (i == 0 || contents[i - 1] < 0x80))
            right = false;

    bool taken = sevl_der_take_oid(&from, &oid);

    REACHES(taken && length == OID_MAX && contents[1] == 0x80);
    REACHES(!taken && header > 0 && length == 1);
    PROVE(taken == right);
    if (taken)
        PROVE(oid.bytes == contents && oid.size == length);
    PROVE(from.bytes == bytes + (taken ? header + length : 0));
    PROVE(from.size == size - (taken ? header + length : 0));
}

int main(void)
{
    size_t size = any_below(SIZE_MAX_HERE + 1);
    const uint8_t *bytes = malloc(size);
    ASSUME(bytes != NULL);
    if (CASE == 0)
        take_element(bytes, size);
    else if (CASE == 1)
        take_any(bytes, size);
    else if (CASE == 2)
        take_these(bytes, size);
    else if (CASE == 3)
        take_only_element(bytes, size);
    else if (CASE == 4)
        is_form(bytes, size);
    else if (CASE == 5)
        take_number(bytes, size);
    else
        take_oid(bytes, size);
}
