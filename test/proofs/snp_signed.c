/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_read_signed, for any bytes of less than 64 KiB: what is signed, its algorithm and a
 * signature of 512 bytes follow each other and fill all of it; nothing outside of it is read.
 */
#include "der_model.h"

#include <core/snp/signed.c>
#include <stdlib.h>

static struct span outer, inner, algorithm_span, before_span;
static unsigned sequences;

static void note_element(uint8_t tag, const struct span *span)
{
    PROVE(tag == SEVL_DER_SEQUENCE);
    if (sequences++ == 0)
        outer = *span;
    else
        inner = *span;
}

/* A bit string of 513 bytes, the first of which counts bits that are not used. */
static void note_bytes(const void *bytes, size_t size, const struct span *span)
{
    const uint8_t *b = bytes;
    PROVE(size == 5 && b[0] == 0x03 && b[1] == 0x82 && b[2] == 0x02 && b[3] == 0x01 && b[4] == 0);
    before_span = *span;
}

bool sevl_pss_take(struct sevl_der *from, struct sevl_der *element)
{
    if (!take_span(from, 0, 0, any_length(), &algorithm_span))
        return false;
    *element = algorithm_span.contents;
    return true;
}

int main(void)
{
    size_t size = any_length();
    const uint8_t *bytes = malloc(size);
    ASSUME(bytes != NULL);
    struct sevl_snp_signed sign;
    struct sevl_der contents, algorithm;
    const struct sevl_der whole = {bytes, size};

    bool is_read = sevl_snp_read_signed(&sign, whole, &contents, &algorithm);

    REACHES(is_read);
    REACHES(!is_read && sized_span.contents.size == SEVL_SNP_SIGNATURE_SIZE);
    if (!is_read)
        return 0;
    PROVE(sequences == 2 && is_filled_by(&whole, &outer, &outer));
    PROVE(is_filled_by(&outer.contents, &inner, &sized_span));
    PROVE(follows(&inner, &algorithm_span) && follows(&algorithm_span, &before_span) &&
          follows(&before_span, &sized_span));
    PROVE(is_same_part(&contents, &inner.contents));
    PROVE(is_same_part(&algorithm, &algorithm_span.contents));
    PROVE(sign.message.bytes == inner.start && sign.message.bytes + sign.message.size == inner.end);
    PROVE(sign.signature == sized_span.start && sized_span.contents.size == 512);
}
