/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * decode_text, for any bytes of up to 9: no byte outside of them is read or written; what holds
 * something else than digits of base64 and blanks is left as it is; an even number of hexadecimal
 * digits is decoded as such, and all else as base64 (RFC 4648, section 4), where it is that.
 */
#include "proof.h"

#include <apps/sevlaunch/decode.c>

#define BYTES_MAX 9

static uint8_t digits_left[BYTES_MAX]; /* the input without blanks */
static size_t digit_count;
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
    PROVE(size == digit_count / 2);
    for (size_t i = 0; i < size; i++)
        PROVE(bytes[i] == nibble_of(digits_left[2 * i]) * 16 + nibble_of(digits_left[2 * i + 1]));
}

static uint32_t value_of(uint8_t c)
{
    if (c >= 'A' && c <= 'Z')
        return (uint32_t)(c - 'A');
    if (c >= 'a' && c <= 'z')
        return (uint32_t)(c - 'a' + 26);
    if (c >= '0' && c <= '9')
        return (uint32_t)(c - '0' + 52);
    return c == '+' ? 62 : 63;
}

/* The three bytes of four digits, of which those from `end` on pad. */
static uint32_t three_bytes(size_t from, size_t end)
{
    uint32_t bits = 0;
    for (size_t i = from; i < from + 4; i++)
        bits = bits << 6 | (i < end ? value_of(digits_left[i]) : 0);
    return bits;
}

static void prove_base64(const uint8_t *bytes, size_t size)
{
    bool is_base64 = digit_count % 4 == 0;
    size_t pads = digits_left[digit_count - 1] != '=' ? 0 : 1;
    if (digit_count > 1 && pads == 1 && digits_left[digit_count - 2] == '=')
        pads = 2;
    size_t end = digit_count - pads;
    for (size_t i = 0; i < end; i++)
        is_base64 = is_base64 && digits_left[i] != '=';
    PROVE(size == (is_base64 ? digit_count / 4 * 3 - pads : 0));
    for (size_t i = 0; i < size; i++)
        PROVE(bytes[i] == (three_bytes(i / 3 * 4, end) >> (16 - 8 * (i % 3)) & 0xff));
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
    REACHES(left == 6 && digit_count == 8 && !is_hexadecimal_text);
    REACHES(left == size && !is_text && size == 9);
    PROVE(left <= size);
    if (!is_text || digit_count == 0) {
        size_t i = any_below(BYTES_MAX);
        PROVE(left == size && (i >= size || bytes[i] == before[i]));
    } else if (is_hexadecimal_text && digit_count % 2 == 0) {
        prove_hexadecimal(bytes, left);
    } else {
        prove_base64(bytes, left);
    }
}
