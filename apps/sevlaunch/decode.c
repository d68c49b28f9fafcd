/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "decode.h"

#include <sevlaunch/base64.h>
#include <stdbool.h>
#include <string.h>

#include "cli/text.h"

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit_of_base64(uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' ||
           c == '/' || c == '=';
}

/* How many characters of a text are no blanks; 0 if one of them is nothing of base64. */
static size_t count_digits(const uint8_t *bytes, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        if (is_blank(bytes[i]))
            continue;
        if (!is_digit_of_base64(bytes[i]))
            return 0;
        count++;
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

/* Four characters give three bytes, or fewer at the end. Returns 0 if this is no base64. */
static size_t decode_base64(uint8_t *digits, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i + 4 <= count; i += 4) {
        char four[4];
        memcpy(four, digits + i, sizeof four);
        size_t pads = four[3] != '=' ? 0 : four[2] != '=' ? 1 : 2;
        bool is_last = i + 4 == count;
        if ((pads > 0 && !is_last) ||
            sevl_base64_decode(four, sizeof four, digits + size, 3 - pads) != SEVL_OK)
            return 0;
        size += 3 - pads;
    }
    return count % 4 == 0 ? size : 0;
}

size_t decode_text(uint8_t *bytes, size_t size)
{
    size_t count = count_digits(bytes, size);
    if (count == 0)
        return size;
    squeeze(bytes, size);
    if (is_hexadecimal(bytes, count))
        return decode_hexadecimal(bytes, count);
    return decode_base64(bytes, count);
}
