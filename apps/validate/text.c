/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "text.h"

size_t text_length(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    return length;
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
static uint32_t digit(char c)
{
    if (c >= '0' && c <= '9')
        return (uint32_t)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (uint32_t)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (uint32_t)(c - 'A') + 10;
    return 16;
}

static bool is_hexadecimal(const char *text)
{
    return text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

bool text_to_number(const char *text, uint32_t most, uint32_t *number)
{
    uint32_t base = is_hexadecimal(text) ? 16 : 10;
    const char *next = text + (base == 16 ? 2 : 0);
    uint64_t value = 0;
    if (*next == '\0')
        return false;
    for (; *next != '\0'; next++) {
        value = value * base + digit(*next);
        if (digit(*next) >= base || value > most)
            return false;
    }
    *number = (uint32_t)value;
    return true;
}

bool text_to_bytes(const char *text, uint8_t *bytes, size_t size)
{
    if (text_length(text) != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        uint32_t high = digit(text[2 * i]);
        uint32_t low = digit(text[2 * i + 1]);
        if (high > 15 || low > 15)
            return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

struct decimal decimal(uint64_t number)
{
    struct decimal result = {{0}};
    char digits[sizeof result.text];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (size_t i = 0; i < count; i++)
        result.text[i] = digits[count - 1 - i];
    return result;
}
