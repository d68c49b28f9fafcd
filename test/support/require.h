/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_REQUIRE_H
#define SEVLAUNCH_REQUIRE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* Ends the program where what must hold does not: fuzzers and sanitizers see that. */
#define REQUIRE(condition) require((condition), #condition, __FILE__, __LINE__)
static inline void require(bool holds, const char *condition, const char *file, int line)
{
    if (holds)
        return;
    (void)fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
    abort();
}

#endif
