/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_time_take, for any bytes of up to 18, as the contents of an element of either kind: a time
 * is taken if and only if it is one of RFC 5280, section 4.1.2.5, and is the seconds since 1970.
 */
#include "proof.h"

#include <core/x509/der_time.c>

#define TEXT_MAX 16

static uint8_t tag;
static struct sevl_der contents;

bool sevl_der_take(struct sevl_der *from, uint8_t wanted, struct sevl_der *to)
{
    if (wanted != tag)
        return false;
    *to = contents;
    from->bytes += from->size;
    from->size = 0;
    return true;
}

static bool is_digits(const uint8_t *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

static uint32_t number(const uint8_t *text)
{
    return (text[0] - (uint32_t)'0') * 10 + (text[1] - (uint32_t)'0');
}

static bool has_29_days(uint32_t year)
{
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static bool is_right(uint32_t year, const uint8_t *text)
{
    static const uint8_t lengths[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (!is_digits(text, 10) || text[10] != 'Z')
        return false;
    uint32_t month = number(text);
    uint32_t day = number(text + 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1] &&
           !(month == 2 && day == 29 && !has_29_days(year)) && number(text + 4) < 24 &&
           number(text + 6) < 60 && number(text + 8) < 60;
}

int main(void)
{
    uint8_t memory[TEXT_MAX];
    uint64_t time = 7;
    tag = nondet_bool() ? 0x17 : nondet_bool() ? 0x18 : 0x16;
    contents.size = any_below(TEXT_MAX + 1);
    contents.bytes = ENDING(memory, contents.size);
    struct sevl_der from = {memory, TEXT_MAX};
    const uint8_t *text = contents.bytes;
    bool right = false;
    uint32_t year = 0;
    if (tag == 0x17 && contents.size == 13 && is_digits(text, 2)) {
        year = number(text) + (number(text) < 50 ? 2000 : 1900);
        right = is_right(year, text + 2);
    }
    if (tag == 0x18 && contents.size == 15 && is_digits(text, 4)) {
        year = number(text) * 100 + number(text + 2);
        right = year >= 2050 && is_right(year, text + 4);
    }
    /* One of each kind, and both ends. */
    static const uint32_t years[] = {1950, 2000, 2049, 2100};
    ASSUME(!right || year == years[CASE]);

    bool taken = sevl_time_take(&from, &time);

    REACHES(taken && year == 2049 && text[1] == '9');
    REACHES(taken && tag == 0x18);
    PROVE(taken == right);
    PROVE(!taken || from.size == 0);
    if (!taken || year < 1970)
        PROVE(time == (taken ? 0 : 7));
}
