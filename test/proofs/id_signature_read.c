/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_id_signature_read, with numbers of 2 bytes instead of 48, for any bytes of up to 13:
 * a signature in DER is the one that has this DER; other bytes are one if they are as many as
 * both numbers. What is none leaves zeros.
 */
#include "proof.h"

/* The upper half of a policy, and what hashes, are not called here. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/snp/id_block.c>
#pragma CPROVER check pop

#define BYTES_MAX 13 /* one more than the longest signature in DER */

bool sevl_constant_time_equal(const void *a, const void *b, size_t size)
{
    return nondet_bool();
}

struct text {
    uint8_t bytes[BYTES_MAX];
    size_t size;
};

static void add(struct text *text, unsigned byte)
{
    text->bytes[text->size++] = (uint8_t)byte;
}

/* As few bytes as there can be, the highest bit of which is 0. */
static void add_number(struct text *text, unsigned number)
{
    unsigned size = number < 0x80 ? 1 : number < 0x8000 ? 2 : 3;
    add(text, 2);
    add(text, size);
    if (size == 3)
        add(text, 0);
    if (size > 1)
        add(text, number >> 8);
    add(text, number & 0xff);
}

static struct text encode(unsigned r, unsigned s)
{
    struct text numbers = {.size = 2};
    add_number(&numbers, r);
    add_number(&numbers, s);
    numbers.bytes[0] = 0x30;
    numbers.bytes[1] = (uint8_t)(numbers.size - 2);
    return numbers;
}

static bool is_text(const struct text *text, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < text->size; i++)
        if (i >= size || text->bytes[i] != bytes[i])
            return false;
    return text->size == size;
}

static unsigned number_at(const uint8_t *bytes)
{
    return bytes[0] * 256u + bytes[1];
}

int main(void)
{
    uint8_t memory[BYTES_MAX];
    uint8_t signature[4];
    size_t size = any_below(BYTES_MAX + 1);
    const uint8_t *bytes = ENDING(memory, size);
    unsigned r = (unsigned)any_below(0x10000);
    unsigned s = (unsigned)any_below(0x10000);
    struct text wanted = encode(r, s);
    bool is_signature = is_text(&wanted, bytes, size);

    enum sevl_result result = sevl_snp_id_signature_read(signature, bytes, size);

    REACHES(result == SEVL_OK && is_signature && size == 12);
    REACHES(result == SEVL_OK && is_signature && size == 8 && r == 0);
    REACHES(result == SEVL_OK && size == 4);
    REACHES(result == SEVL_ERROR_ENCODING && size == 8);
    PROVE(result == SEVL_OK || result == SEVL_ERROR_ENCODING);
    if (is_signature || size == 4)
        PROVE(result == SEVL_OK);
    if (is_signature)
        PROVE(number_at(signature) == r && number_at(signature + 2) == s);
    if (result != SEVL_OK) {
        prove_zero(signature, sizeof signature);
        return 0;
    }
    if (size == 4) {
        size_t at = any_below(4);
        PROVE(signature[at] == bytes[at]);
        return 0;
    }
    wanted = encode(number_at(signature), number_at(signature + 2));
    PROVE(is_text(&wanted, bytes, size));
}
