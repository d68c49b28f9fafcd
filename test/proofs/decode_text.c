/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * decode_text, for any bytes of up to 9: no byte outside of them is read or written; what holds
 * something else than digits of base64 and blanks is left as it is; an even number of hexadecimal
 * digits is decoded as such, and all else by sevl_base64_decode, four digits at a time and in
 * order.
 */
#include "proof.h"

#include <apps/sevlaunch/decode.c>

#define BYTES_MAX 9

static uint8_t digits_left[BYTES_MAX]; /* the input without blanks */
static size_t digit_count;
static size_t decoded; /* digits */
static bool failed;
static uint8_t last_byte;

enum sevl_result sevl_base64_decode(const char *text, size_t length, uint8_t *bytes, size_t size)
{
    PROVE(length == 4 && __CPROVER_r_ok(text, 4) && __CPROVER_w_ok(bytes, size));
    PROVE(!failed && size >= 1 && size <= 3 && decoded + 4 <= digit_count);
    for (size_t i = 0; i < 4; i++)
        PROVE((uint8_t)text[i] == digits_left[decoded + i]);
    PROVE((size == 3) == (text[3] != '='));
    PROVE(size == 3 || decoded + 4 == digit_count);
    for (size_t i = 0; i < 3 && i < size; i++)
        last_byte = bytes[i] = nondet_u8();
    decoded += 4;
    failed = nondet_bool();
    return failed ? SEVL_ERROR_ENCODING : SEVL_OK;
}

static bool is_of_text(uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' ||
           c == '/' || c == '=';
}

static int nibble_of(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
        return (c | 0x20) - 'a' + 10;
    return -1;
}

static void prove_hexadecimal(const uint8_t *bytes, size_t size)
{
    PROVE(size == digit_count / 2 && decoded == 0);
    for (size_t i = 0; i < size; i++)
        PROVE(bytes[i] == nibble_of(digits_left[2 * i]) * 16 + nibble_of(digits_left[2 * i + 1]));
}

static void prove_base64(const uint8_t *bytes, size_t size)
{
    if (failed || digit_count % 4 != 0) {
        PROVE(size == 0);
        return;
    }
    if (size == 0) /* padding before the end */
        return;
    size_t pads = digits_left[digit_count - 1] != '='   ? 0
                  : digits_left[digit_count - 2] != '=' ? 1
                                                        : 2;
    PROVE(decoded == digit_count && size == digit_count / 4 * 3 - pads);
    PROVE(bytes[size - 1] == last_byte);
}

int main(void)
{
    uint8_t memory[BYTES_MAX];
    uint8_t before[BYTES_MAX];
    size_t size = any_below(BYTES_MAX + 1);
    uint8_t *bytes = ENDING(memory, size);
    bool is_text = true;
    bool is_hexadecimal_text = true;
    for (size_t i = 0; i < size; i++) {
        before[i] = bytes[i];
        if (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r' || bytes[i] == '\n')
            continue;
        is_text = is_text && is_of_text(bytes[i]);
        is_hexadecimal_text = is_hexadecimal_text && nibble_of(bytes[i]) >= 0;
        digits_left[digit_count++] = bytes[i];
    }

    size_t left = decode_text(bytes, size);

    REACHES(left == 4 && is_hexadecimal_text && size == 9);
    REACHES(left == 6 && decoded == 8);
    REACHES(left == size && !is_text && size == 9);
    PROVE(left <= size);
    if (!is_text || digit_count == 0) {
        size_t i = any_below(BYTES_MAX);
        PROVE(left == size && decoded == 0 && (i >= size || bytes[i] == before[i]));
    } else if (is_hexadecimal_text && digit_count % 2 == 0) {
        prove_hexadecimal(bytes, left);
    } else {
        prove_base64(bytes, left);
    }
}
