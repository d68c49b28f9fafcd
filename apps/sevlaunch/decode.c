/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "decode.h"

#include <stdbool.h>
#include <string.h>

#include "cli/text.h"

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

#define NOT_BASE64 0xff

/* What a character stands for, 0 to 63, or NOT_BASE64. Evidence is no secret: a table will do. */
static uint8_t value_of_base64(uint8_t c)
{
    static const uint8_t values_and_1[256] = {
        ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,
        ['H'] = 8,  ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14,
        ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21,
        ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28,
        ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35,
        ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42,
        ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49,
        ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
        ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63,
        ['/'] = 64};
    return values_and_1[c] == 0 ? NOT_BASE64 : (uint8_t)(values_and_1[c] - 1);
}

/* How many characters of a text are no blanks; 0 if one of them is nothing of base64. */
static size_t count_digits(const uint8_t *bytes, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        if (value_of_base64(bytes[i]) != NOT_BASE64 || bytes[i] == '=')
            count++;
        else if (!is_blank(bytes[i]))
            return 0;
    }
    return count;
}

static void squeeze(uint8_t *bytes, size_t size)
{
    size_t left = 0;
    for (size_t i = 0; i < size; i++)
        if (!is_blank(bytes[i]))
            bytes[left++] = bytes[i];
}

static bool is_hexadecimal(const uint8_t *digits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char digit[2] = {(char)digits[i], '\0'};
        if (text_count_hexadecimal(digit) != 1)
            return false;
    }
    return count % 2 == 0;
}

static size_t decode_hexadecimal(uint8_t *digits, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        const char pair[3] = {(char)digits[2 * i], (char)digits[2 * i + 1], '\0'};
        (void)text_to_bytes(pair, &digits[i], 1); /* is_hexadecimal() saw them */
    }
    return count / 2;
}

/* Four characters as 24 bits. Returns false if one of those before `end` is no digit. */
static bool join_four(const uint8_t *digits, const uint8_t *end, uint32_t *bits)
{
    *bits = 0;
    for (size_t i = 0; i < 4; i++) {
        uint8_t value = digits + i < end ? value_of_base64(digits[i]) : 0;
        if (value == NOT_BASE64)
            return false;
        *bits = *bits << 6 | value;
    }
    return true;
}

/* Four characters give three bytes, or fewer at the end. Returns 0 if this is no base64. */
static size_t decode_base64(uint8_t *digits, size_t count)
{
    if (count % 4 != 0)
        return 0;
    size_t pads = digits[count - 1] != '=' ? 0 : digits[count - 2] != '=' ? 1 : 2;
    size_t size = count / 4 * 3 - pads;
    for (size_t i = 0, at = 0; i < count; i += 4) {
        uint32_t bits;
        if (!join_four(digits + i, digits + count - pads, &bits))
            return 0;
        for (size_t shift = 24; shift > 0 && at < size; shift -= 8)
            digits[at++] = bits >> (shift - 8) & 0xff;
    }
    return size;
}

size_t decode_text(uint8_t *bytes, size_t size)
{
    size_t count = count_digits(bytes, size);
    if (count == 0)
        return size;
    if (count < size)
        squeeze(bytes, size);
    if (is_hexadecimal(bytes, count))
        return decode_hexadecimal(bytes, count);
    return decode_base64(bytes, count);
}
