/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The numbers of launch information: of 0 to 3 characters, of 0 to 2 after the first digits
 * of the largest, and of 0 to 2 after "0x".
 */
#include "proof.h"

#include <core/host/info_entry.c>

/* `known` characters, whose value in `base` is given, and more. */
static void read_digits(const char *start, size_t known, uint32_t base, uint64_t value, size_t more)
{
    char memory[11];
    char *text = ENDING(memory, known + more);
    uint32_t max = nondet_bool() ? UINT8_MAX : UINT32_MAX;
    uint32_t number = 0;
    bool is_number = known + more > 0;
    for (size_t i = 0; i < known; i++)
        text[i] = start[i];
    for (size_t i = known; i < known + more; i++) {
        int digit = sevl_hex_digit(text[i]);
        is_number = is_number && digit >= 0 && (uint32_t)digit < base;
        value = is_number ? base * value + (uint64_t)digit : 0;
    }
    ASSUME(base == 16 || known > 0 || more < 3 || text[0] != '0' ||
           (text[1] != 'x' && text[1] != 'X'));
    bool result = parse_number((struct sevl_text){text, known + more}, max, &number);
    REACHES(result && number == UINT32_MAX);
    REACHES(result && number == UINT8_MAX && base == 16);
    PROVE(result == (is_number && (base == 10 || more > 0) && value <= max));
    PROVE(number == (result ? value : 0));
}

int main(void)
{
    if (CASE < 4)
        read_digits("", 0, 10, 0, CASE);
    else if (CASE < 7)
        read_digits("429496729", 9, 10, 429496729, CASE - 4);
    else
        read_digits(CASE % 2 == 0 ? "0x" : "0X", 2, 16, 0, CASE - 7);
}
