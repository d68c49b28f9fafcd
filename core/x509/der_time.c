/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "x509/der_time.h"

/* Reads two digits; returns 100 if they are none. */
static unsigned two_digits(const uint8_t *text)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return 100;
    return (uint32_t)(text[0] - '0') * 10 + (uint32_t)(text[1] - '0');
}

static bool is_leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned days_in(unsigned month, unsigned year)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month == 2 && is_leap(year))
        return 29;
    return days[month - 1];
}

struct date {
    unsigned year, month, day, hour, minute, second;
};

static bool is_date(const struct date *date)
{
    return date->month >= 1 && date->month <= 12 && date->day >= 1 &&
           date->day <= days_in(date->month, date->year) && date->hour < 24 && date->minute < 60 &&
           date->second < 60;
}

/* For years from 1950 on. Those before 1970 count as its first second. */
static uint64_t seconds_since_1970(const struct date *date)
{
    uint64_t days = date->day - 1;
    if (date->year < 1970)
        return 0;
    for (unsigned year = 1970; year < date->year; year++)
        days += is_leap(year) ? 366 : 365;
    for (unsigned month = 1; month < date->month; month++)
        days += days_in(month, date->year);
    return ((days * 24 + date->hour) * 60 + date->minute) * 60 + date->second;
}

/* Month to second and 'Z', after the year. */
static bool read_date(struct date *date, const uint8_t *text)
{
    date->month = two_digits(text);
    date->day = two_digits(text + 2);
    date->hour = two_digits(text + 4);
    date->minute = two_digits(text + 6);
    date->second = two_digits(text + 8);
    return text[10] == 'Z' && is_date(date);
}

static bool read_utc_time(struct date *date, struct sevl_der text)
{
    unsigned year = text.size == 13 ? two_digits(text.bytes) : 100;
    if (year == 100)
        return false;
    date->year = year + (year < 50 ? 2000 : 1900);
    return read_date(date, text.bytes + 2);
}

static bool read_generalized_time(struct date *date, struct sevl_der text)
{
    if (text.size != 15)
        return false;
    unsigned century = two_digits(text.bytes);
    unsigned year = two_digits(text.bytes + 2);
    if (century == 100 || year == 100)
        return false;
    date->year = century * 100 + year;
    return date->year >= 2050 && read_date(date, text.bytes + 4);
}

bool sevl_time_take(struct sevl_der *from, uint64_t *time)
{
    struct sevl_der rest = *from;
    struct sevl_der text;
    struct date date = {0};
    bool is_read = false;
    if (sevl_der_take(&rest, SEVL_DER_UTC_TIME, &text))
        is_read = read_utc_time(&date, text);
    else if (sevl_der_take(&rest, SEVL_DER_GENERALIZED_TIME, &text))
        is_read = read_generalized_time(&date, text);
    if (!is_read)
        return false;
    *time = seconds_since_1970(&date);
    *from = rest;
    return true;
}
