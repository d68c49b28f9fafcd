/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform.h"
#include "port.h"

#define MINUTES_A_DAY 1440

static bool is_leap_year(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 1970 on up to a month of a year. */
static uint64_t days_before(unsigned year, unsigned month)
{
    static const uint16_t before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    uint64_t days = before[month - 1];
    for (unsigned y = 1970; y < year; y++)
        days += is_leap_year(y) ? 366 : 365;
    if (month > 2 && is_leap_year(year))
        days++;
    return days;
}

/* The ranges are those of the specification. */
static bool is_time(const EFI_TIME *time)
{
    return time->Year > 1970 && time->Year < 10000 && time->Month >= 1 && time->Month <= 12 &&
           time->Day >= 1 && time->Day <= 31 && time->Hour < 24 && time->Minute < 60 &&
           time->Second < 60 &&
           (time->TimeZone == EFI_UNSPECIFIED_TIMEZONE ||
            (time->TimeZone >= -MINUTES_A_DAY && time->TimeZone <= MINUTES_A_DAY));
}

/* Firmware that does not tell its time zone counts as one in UTC. */
bool port_time(uint64_t *seconds)
{
    EFI_TIME time;
    *seconds = 0;
    if (platform_system->RuntimeServices->GetTime(&time, NULL) != EFI_SUCCESS || !is_time(&time))
        return false;
    uint64_t days = days_before(time.Year, time.Month) + time.Day - 1;
    uint64_t minutes = days * MINUTES_A_DAY + time.Hour * UINT64_C(60) + time.Minute;
    if (time.TimeZone != EFI_UNSPECIFIED_TIMEZONE)
        minutes = (uint64_t)((int64_t)minutes + time.TimeZone);
    *seconds = minutes * 60 + time.Second;
    return true;
}
