/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Numbers of up to 4 characters are read if and only if these are digits, and the number does
 * not exceed any limit up to 2^32. And bytes of up to 5 characters, which may be escapes: if and
 * only if there are two hexadecimal digits for each.
 */
#include "proof.h"

#include <core/snp/firmware_info.c>

#define LENGTH_MAX 4
#define CHARACTERS_MAX 5

static int characters[CHARACTERS_MAX]; /* as sevl_json_character() gives them */

int sevl_json_character(struct sevl_text *text)
{
    PROVE(text->length > 0 && text->length <= CHARACTERS_MAX);
    text->start++;
    text->length--;
    return characters[text->length];
}

static void prove_decimal(void)
{
    char text[LENGTH_MAX];
    size_t length = any_below(LENGTH_MAX + 1);
    uint64_t max = nondet_u64();
    uint64_t number = nondet_u64();
    uint64_t value = 0;
    bool are_digits = true;
    ASSUME(max <= UINT64_C(1) << 32);
    for (size_t i = 0; i < length; i++) {
        are_digits = are_digits && text[i] >= '0' && text[i] <= '9';
        value = are_digits ? 10 * value + (uint64_t)(text[i] - '0') : 0;
    }

    bool result = parse_decimal((struct sevl_text){text, length}, max, &number);

    REACHES(result && number == 9999);
    REACHES(!result && are_digits && length == 1);
    PROVE(result == (are_digits && value <= max));
    PROVE(!result || number == value);
}

static int digit_of(int c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static void prove_hex(void)
{
    static const char text[CHARACTERS_MAX];
    uint8_t bytes[2] = {0};
    size_t length = any_below(CHARACTERS_MAX + 1);
    size_t size = any_below(3);
    bool are_digits = length == 2 * size;
    for (size_t i = 0; i < CHARACTERS_MAX; i++) {
        characters[i] = nondet_int();
        ASSUME(characters[i] >= -1 && characters[i] <= 0xffff);
        are_digits = are_digits && (i >= length || digit_of(characters[i]) >= 0);
    }

    bool result = parse_hex((struct sevl_text){text, length}, bytes, size);

    size_t at = any_below(2);
    REACHES(result && size == 2 && bytes[1] == 0xfa);
    PROVE(result == are_digits);
    if (result && at < size) {
        int high = digit_of(characters[length - 1 - 2 * at]);
        int low = digit_of(characters[length - 2 - 2 * at]);
        PROVE(bytes[at] == 16 * high + low);
    }
    PROVE(at < size || bytes[at] == 0);
}

int main(void)
{
    if (CASE == 0)
        prove_decimal();
    else
        prove_hex();
}
