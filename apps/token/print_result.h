/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PRINT_RESULT_H
#define SEVLAUNCH_PRINT_RESULT_H

#include <stdint.h>

/*
 * The lines of an image for results that are no match. That of TOKEN_BROKEN is the last, and
 * that of every other result.
 */
extern const struct refusal {
    uint32_t result;
    const char *line;
} refusals[];

/*
 * Prints the line for a result on the console. `result` is volatile so that it is read
 * again before the line that accepts a launch.
 */
void print_result(const volatile uint32_t *result);

#endif
