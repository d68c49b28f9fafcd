/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Times as people write them: RFC 3339, in UTC. */
#ifndef SEVLAUNCH_MOMENT_H
#define SEVLAUNCH_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Reads seconds since 1970, or a time as "2026-11-26T04:07:53Z", or a day as "2026-11-26",
 * which is its first second. Returns false for anything else.
 */
bool moment_from_text(const char *text, uint64_t *seconds);

/* A time after year 9999 is shown as the last second of it. */
struct moment_text {
    char text[sizeof "2026-11-26T04:07:53Z"];
};
struct moment_text moment_to_text(uint64_t seconds);

/*
 * Reads a number of days, hours, minutes or seconds, as "30d", "36h", "90m" or "900s": up to 9
 * digits. Returns false for anything else.
 */
bool duration_from_text(const char *text, uint64_t *seconds);

#endif
