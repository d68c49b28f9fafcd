/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "moment.h"

#include <stddef.h>

#include "cli/text.h"

#define SECONDS_A_DAY 86400

/* The last second of year 9999. */
#define MOMENT_MAX UINT64_C(253402300799)

static bool is_leap(uint32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static uint32_t days_in_month(uint32_t year, uint32_t month)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month == 2 && is_leap(year))
        return 29;
    return days[month - 1];
}

static uint32_t days_in_year(uint32_t year)
{
    return is_leap(year) ? 366 : 365;
}

/* The fields of "2026-11-26T04:07:53Z": where each starts, and how long it is. */
enum field { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, FIELDS };
static const struct place {
    uint8_t at;
    uint8_t length;
} places[FIELDS] = {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}};
static const char digits[] = "0123456789";
static const char pattern[] = "dddd-dd-ddTdd:dd:ddZ";
#define DAY_LENGTH 10

static bool fits_pattern(const char *text)
{
    size_t length = text_length(text);
    if (length != DAY_LENGTH && length != sizeof pattern - 1)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (pattern[i] == 'd' ? !is_digit : text[i] != pattern[i])
            return false;
    }
    return true;
}

static void read_fields(const char *text, uint32_t fields[FIELDS])
{
    size_t length = text_length(text);
    for (size_t i = 0; i < FIELDS; i++) {
        fields[i] = 0;
        for (size_t k = 0; places[i].at < length && k < places[i].length; k++)
            fields[i] = fields[i] * 10 + (uint32_t)(text[places[i].at + k] - '0');
    }
}

static bool is_in_calendar(const uint32_t fields[FIELDS])
{
    return fields[YEAR] >= 1970 && fields[MONTH] >= 1 && fields[MONTH] <= 12 && fields[DAY] >= 1 &&
           fields[DAY] <= days_in_month(fields[YEAR], fields[MONTH]) && fields[HOUR] < 24 &&
           fields[MINUTE] < 60 && fields[SECOND] < 60;
}

static uint64_t count_seconds(const uint32_t fields[FIELDS])
{
    uint64_t days = fields[DAY] - 1;
    for (uint32_t year = 1970; year < fields[YEAR]; year++)
        days += days_in_year(year);
    for (uint32_t month = 1; month < fields[MONTH]; month++)
        days += days_in_month(fields[YEAR], month);
    return days * SECONDS_A_DAY + fields[HOUR] * UINT64_C(3600) + fields[MINUTE] * UINT64_C(60) +
           fields[SECOND];
}

bool moment_from_text(const char *text, uint64_t *seconds)
{
    uint32_t fields[FIELDS];
    if (text_to_number(text, MOMENT_MAX, seconds))
        return true;
    if (!fits_pattern(text))
        return false;
    read_fields(text, fields);
    if (!is_in_calendar(fields))
        return false;
    *seconds = count_seconds(fields);
    return true;
}

static void find_day(uint64_t days, uint32_t fields[FIELDS])
{
    fields[YEAR] = 1970;
    fields[MONTH] = 1;
    for (; days >= days_in_year(fields[YEAR]); fields[YEAR]++)
        days -= days_in_year(fields[YEAR]);
    for (; days >= days_in_month(fields[YEAR], fields[MONTH]); fields[MONTH]++)
        days -= days_in_month(fields[YEAR], fields[MONTH]);
    fields[DAY] = (uint32_t)days + 1;
}

struct moment_text moment_to_text(uint64_t seconds)
{
    struct moment_text result = {""};
    uint32_t fields[FIELDS];
    if (seconds > MOMENT_MAX)
        seconds = MOMENT_MAX;
    uint32_t second = (uint32_t)(seconds % SECONDS_A_DAY);
    find_day(seconds / SECONDS_A_DAY, fields);
    fields[HOUR] = second / 3600;
    fields[MINUTE] = second / 60 % 60;
    fields[SECOND] = second % 60;
    for (size_t i = 0; i < sizeof pattern; i++)
        result.text[i] = pattern[i];
    for (size_t i = 0; i < FIELDS; i++)
        for (size_t k = places[i].length; k > 0; k--, fields[i] /= 10)
            result.text[places[i].at + k - 1] = digits[fields[i] % 10];
    return result;
}

#define DURATION_DIGITS 9

/* The seconds of a unit; 0: it is none. */
static uint64_t seconds_of_unit(char unit)
{
    switch (unit) {
    case 'd':
        return SECONDS_A_DAY;
    case 'h':
        return 3600;
    case 'm':
        return 60;
    case 's':
        return 1;
    default:
        return 0;
    }
}

bool duration_from_text(const char *text, uint64_t *seconds)
{
    uint64_t number = 0;
    size_t length = 0;
    for (; text[length] >= '0' && text[length] <= '9'; length++) {
        if (length == DURATION_DIGITS)
            return false;
        number = number * 10 + (uint64_t)(text[length] - '0');
    }
    uint64_t unit = seconds_of_unit(text[length]);
    *seconds = number * unit;
    return length > 0 && unit != 0 && text[length + 1] == '\0';
}
