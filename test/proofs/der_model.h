/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The reader of DER as x509/der.h specifies it, for elements of any length: what is taken is where
 * it may be. Of the bytes it does not depend: they may be any. See proofs der, pss, p384_key,
 * rsa_key and x509_time, which show that the readers are no worse.
 */
#ifndef SEVLAUNCH_DER_MODEL_H
#define SEVLAUNCH_DER_MODEL_H

#include "proof.h"

#include <core/x509/der.h>

/* An element that was taken, from its first byte to after its last one. */
struct span {
    const uint8_t *start;
    const uint8_t *end;
    struct sevl_der contents;
};

static bool follows(const struct span *a, const struct span *b)
{
    return b->start == a->end;
}

static bool is_filled_by(const struct sevl_der *whole, const struct span *first,
                         const struct span *last)
{
    return whole->bytes == first->start && whole->bytes + whole->size == last->end;
}

/* Of elements, and of all of them: longer ones are refused, or are not there. */
static size_t any_length(void)
{
    return nondet_u32() & 0xffff;
}

/* Takes a header of `least` to `most` bytes, and `size` bytes; or nothing. */
static bool take_span(struct sevl_der *from, size_t least, size_t most, size_t size,
                      struct span *span)
{
    size_t header = least + any_below(most - least + 1);
    PROVE(from->size == 0 || __CPROVER_r_ok(from->bytes, from->size));
    if (nondet_bool() || header > from->size || size > from->size - header)
        return false;
    span->start = from->bytes;
    span->contents = (struct sevl_der){from->bytes + header, size};
    from->bytes += header + size;
    from->size -= header + size;
    span->end = from->bytes;
    return true;
}

/* Called for what was taken, with its tag. */
static void note_element(uint8_t tag, const struct span *span);

bool sevl_der_take(struct sevl_der *from, uint8_t tag, struct sevl_der *contents)
{
    struct span span;
    if (!take_span(from, 2, 4, any_length(), &span))
        return false;
    *contents = span.contents;
    note_element(tag, &span);
    return true;
}

bool sevl_der_take_only(struct sevl_der *from, uint8_t tag, struct sevl_der *contents)
{
    return sevl_der_take(from, tag, contents) && from->size == 0;
}

static struct span sized_span; /* the last one */

bool sevl_der_take_size(struct sevl_der *from, size_t size, struct sevl_der *bytes)
{
    if (!take_span(from, 0, 0, size, &sized_span))
        return false;
    *bytes = sized_span.contents;
    return true;
}

/* Called for bytes that were there. */
static void note_bytes(const void *bytes, size_t size, const struct span *span);

bool sevl_der_take_bytes(struct sevl_der *from, const void *bytes, size_t size)
{
    struct span span;
    PROVE(__CPROVER_r_ok(bytes, size));
    if (!take_span(from, 0, 0, size, &span))
        return false;
    note_bytes(bytes, size, &span);
    return true;
}

static struct span number_span; /* the last one */
static uint32_t last_number;

bool sevl_der_take_number(struct sevl_der *from, uint32_t *number)
{
    if (!take_span(from, 2, 4, 1 + any_below(4), &number_span))
        return false;
    last_number = nondet_u32() & 0x7fffffff;
    *number = last_number;
    return true;
}

bool sevl_der_take_oid(struct sevl_der *from, struct sevl_der *oid)
{
    struct span span;
    if (!take_span(from, 2, 4, any_length(), &span) || span.contents.size == 0)
        return false;
    *oid = span.contents;
    return true;
}

static bool is_same_part(const struct sevl_der *a, const struct sevl_der *b)
{
    return a->bytes == b->bytes && a->size == b->size;
}

#endif
