/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/text.h"

#include <sevlaunch/base64.h>

size_t text_length_to(const char *text, char end)
{
    size_t length = 0;
    while (text[length] != '\0' && text[length] != end)
        length++;
    return length;
}

size_t text_length(const char *text)
{
    return text_length_to(text, '\0');
}

bool text_begins(const char *text, const char *start, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] != start[i] || text[i] == '\0')
            return false;
    return true;
}

bool text_equal(const char *a, const char *b)
{
    size_t length = text_length(b);
    return text_begins(a, b, length) && a[length] == '\0';
}

bool text_contains(const char *text, char wanted)
{
    for (; *text != '\0'; text++)
        if (*text == wanted)
            return true;
    return false;
}

/* The value of a digit, or 16 for what is none. */
static uint32_t digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (uint32_t)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (uint32_t)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (uint32_t)(c - 'A') + 10;
    return 16;
}

size_t text_count_hexadecimal(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        if (digit_value(*text) < 16)
            count++;
    return count;
}

static bool is_hexadecimal(const char *text)
{
    return text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

bool text_to_number(const char *text, uint64_t max, uint64_t *number)
{
    uint32_t base = is_hexadecimal(text) ? 16 : 10;
    const char *next = text + (base == 16 ? 2 : 0);
    uint64_t value = 0;
    if (*next == '\0')
        return false;
    for (; *next != '\0'; next++) {
        uint32_t last = digit_value(*next);
        if (last >= base || last > max || value > (max - last) / base)
            return false;
        value = value * base + last;
    }
    *number = value;
    return true;
}

bool text_to_bytes(const char *text, uint8_t *bytes, size_t size)
{
    if (text_length(text) != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        uint32_t high = digit_value(text[2 * i]);
        uint32_t low = digit_value(text[2 * i + 1]);
        if (high > 15 || low > 15)
            return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool text_to_bytes_of_base64(const char *text, uint8_t *bytes, size_t size)
{
    char again[SEVL_BASE64_SIZE(TEXT_BASE64_MAX)];
    size_t length = text_length(text);
    if (length >= sizeof again || sevl_base64_decode(text, length, bytes, size) != SEVL_OK)
        return false;
    (void)!sevl_base64_encode(bytes, size, again, sizeof again); /* "" after an error */
    return text_equal(text, again);
}

static const char digits[] = "0123456789abcdef";

/* Writes a number without leading zeros, and a NUL after it. */
static void write_digits(char *text, uint64_t number, uint32_t base)
{
    char reversed[20];
    size_t length = 0;
    do {
        reversed[length++] = digits[number % base];
        number /= base;
    } while (number > 0);
    for (size_t i = 0; i < length; i++)
        text[i] = reversed[length - 1 - i];
    text[length] = '\0';
}

struct decimal text_decimal(uint64_t number)
{
    struct decimal result = {""};
    write_digits(result.text, number, 10);
    return result;
}

struct hexadecimal text_hexadecimal(uint64_t number)
{
    struct hexadecimal result = {"0x"};
    write_digits(result.text + 2, number, 16);
    return result;
}

void text_from_bytes(char *text, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * size] = '\0';
}
