/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "x509/der_time.h"

/* A time by two digits each: the year is CENTURY and YEAR. */
enum { CENTURY, YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, PARTS };

/* Reads two digits; returns 100 if they are none. */
static unsigned two_digits(const uint8_t *text)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return 100;
    return (uint32_t)(text[0] - '0') * 10 + (uint32_t)(text[1] - '0');
}

/* Reads the parts from `first` on, and the 'Z' after them, which is the end. */
static bool read_parts(uint8_t parts[PARTS], size_t first, const struct sevl_der *text)
{
    static const uint8_t last[PARTS] = {99, 99, 12, 31, 23, 59, 59};
    const uint8_t *next = text->bytes;
    if (text->size != 2 * (PARTS - first) + 1)
        return false;
    for (size_t i = first; i < PARTS; i++) {
        parts[i] = (uint8_t)two_digits(next);
        if (parts[i] > last[i])
            return false;
        next += 2;
    }
    return *next == 'Z';
}

static bool is_leap(const uint8_t parts[PARTS])
{
    return parts[YEAR] % 4 == 0 && (parts[YEAR] != 0 || parts[CENTURY] % 4 == 0);
}

static unsigned days_in(unsigned month, bool leap)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap ? 29 : days[month - 1];
}

/*
 * Days of the years before, from the year 0 on: 24 in a century have a day more, 25 in each
 * fourth one; and so far in this century, of whose first year that is not certain.
 */
static uint32_t days_before_year(uint32_t century, uint32_t year)
{
    uint32_t days = (century * 100 + year) * 365 + century * 24 + (century + 3) / 4;
    days += (year + 3) / 4;
    return year > 0 && century % 4 != 0 ? days - 1 : days;
}

/* Years before 1970 count as its first second. Returns false if there is no such day. */
static bool set_time(uint64_t *time, const uint8_t parts[PARTS])
{
    const uint32_t first = days_before_year(19, 70);
    const bool leap = is_leap(parts);
    uint32_t days = days_before_year(parts[CENTURY], parts[YEAR]);
    if (parts[MONTH] < 1 || parts[DAY] < 1 || parts[DAY] > days_in(parts[MONTH], leap))
        return false;
    *time = 0;
    if (days < first)
        return true;
    days = days - first + parts[DAY] - 1;
    for (unsigned month = 1; month < parts[MONTH]; month++)
        days += days_in(month, leap);
    *time = (days * 24 + parts[HOUR]) * UINT64_C(3600) + parts[MINUTE] * UINT64_C(60);
    *time += parts[SECOND];
    return true;
}

/* UTCTime has no century, and is from 1950 to 2049; GeneralizedTime is from 2050 on. */
static bool set_century(uint8_t parts[PARTS], bool is_utc)
{
    bool is_late = parts[YEAR] >= 50;
    if (is_utc)
        parts[CENTURY] = is_late ? 19 : 20;
    return is_utc || parts[CENTURY] > 20 || (parts[CENTURY] == 20 && is_late);
}

bool sevl_time_take(struct sevl_der *from, uint64_t *time)
{
    struct sevl_der text;
    uint8_t parts[PARTS];
    bool is_utc = sevl_der_take(from, SEVL_DER_UTC_TIME, &text);
    if (!is_utc && !sevl_der_take(from, SEVL_DER_GENERALIZED_TIME, &text))
        return false;
    return read_parts(parts, is_utc ? YEAR : CENTURY, &text) && set_century(parts, is_utc) &&
           set_time(time, parts);
}
