/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The digits of a number below 4096, read in the other base: the number that they make there,
 * if it is another one and not above the maximum, and each digit exists in both bases.
 */
#include "proof.h"

#include <core/sev/diagnose_launch.c>

#define DIGITS 4

/* A number whose digits these are, the least significant first. */
static uint32_t number_of(const uint8_t digits[DIGITS], uint32_t base)
{
    uint32_t number = 0;
    for (size_t i = DIGITS; i > 0; i--)
        number = number * base + digits[i - 1];
    return number;
}

int main(void)
{
    struct rereading rereading = {.from = CASE == 0 ? 10 : 16, .to = CASE == 0 ? 16 : 10};
    uint8_t digits[DIGITS];
    bool are_decimal = true;
    for (size_t i = 0; i < DIGITS; i++) {
        digits[i] = (uint8_t)any_below(rereading.from);
        are_decimal = are_decimal && digits[i] < 10;
    }
    uint32_t given = number_of(digits, rereading.from);
    uint32_t other = number_of(digits, rereading.to);
    uint32_t max = nondet_u32();
    uint32_t number = given;
    ASSUME(given < 4096);

    bool is_read = reread(rereading, given, max, &number);

    REACHES(is_read && digits[3] != 0);
    REACHES(!is_read && are_decimal && given != other);
    PROVE(is_read == (are_decimal && given != other && other <= max));
    PROVE(!is_read || number == other);
}
