/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Numbers and bytes as the command reads them: texts of 0 to 2 characters, of 0 to 4
 * after a digit, and of 1 and 2 after the first digits of the largest number, for the
 * limits of 8, 32 and 64 bits and those below 16; bytes from texts of 0 to 5 characters,
 * and their text.
 */
#include "proof.h"

#include <apps/cli/text.c>

static uint32_t value_of(char c)
{
    return c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
           : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
           : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                  : 99;
}

/* `value` is that of the `known` characters before the first that may be any. */
static void read(const char *text, size_t first, uint32_t base, unsigned __int128 value)
{
    uint64_t max = nondet_bool()   ? UINT64_MAX
                   : nondet_bool() ? UINT32_MAX
                   : nondet_bool() ? UINT8_MAX
                                   : any_below(16);
    uint64_t number = 77;
    bool is_number = text[first] != '\0' || (first > 0 && value > 0);
    for (size_t i = first; text[i] != '\0'; i++) {
        is_number = is_number && value_of(text[i]) < base;
        value = is_number ? value * base + value_of(text[i]) : 0;
    }

    bool result = text_to_number(text, max, &number);

    REACHES(result && number == UINT64_MAX);
    REACHES(!result && is_number && max == UINT64_MAX);
    PROVE(result == (is_number && value <= max));
    PROVE(number == (result ? value : 77));
}

static void read_number(const char *start, size_t known, uint32_t base, unsigned __int128 value,
                        size_t more)
{
    char memory[32];
    char *text = ENDING(memory, known + more + 1);
    for (size_t i = 0; i < known; i++)
        text[i] = start[i];
    for (size_t i = known; i < known + more; i++)
        ASSUME(text[i] != '\0');
    text[known + more] = '\0';
    if (known == 0 && text[0] == '0' && more > 0)
        ASSUME(text[1] != 'x' && text[1] != 'X');
    read(text, known, base, value);
}

static void read_bytes(size_t length, size_t size)
{
    char memory[6];
    uint8_t bytes_memory[2];
    char back[5];
    char *text = ENDING(memory, length + 1);
    uint8_t *bytes = ENDING(bytes_memory, size);
    for (size_t i = 0; i < length; i++)
        ASSUME(text[i] != '\0');
    text[length] = '\0';

    bool result = text_to_bytes(text, bytes, size);

    REACHES(result && size == 2);
    PROVE(!result || length == 2 * size);
    if (!result || size == 0)
        return;
    size_t i = any_below(size);
    PROVE(value_of(text[2 * i]) < 16 && value_of(text[2 * i + 1]) < 16);
    PROVE(bytes[i] == 16 * value_of(text[2 * i]) + value_of(text[2 * i + 1]));
    text_from_bytes(ENDING(back, 2 * size + 1), bytes, size);
    PROVE(value_of(ENDING(back, 2 * size + 1)[2 * i]) == bytes[i] >> 4);
    PROVE(ENDING(back, 2 * size + 1)[2 * size] == '\0');
}

int main(void)
{
    size_t more = CASE % 5;
    if (CASE < 3)
        read_number("", 0, 10, 0, CASE);
    else if (CASE < 5)
        read_number("0x", 2, 16, 0, CASE - 3);
    else if (CASE < 10)
        read_number("7", 1, 10, 7, more);
    else if (CASE < 12)
        read_number("1844674407370955161", 19, 10, UINT64_C(1844674407370955161), more + 1);
    else if (CASE < 14)
        read_number("0Xfffffffffffffff", 17, 16, UINT64_C(0xfffffffffffffff), CASE - 11);
    else
        read_bytes(CASE % 6, CASE < 20 ? 1 : 2);
}
