/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PRINT_RESULT_H
#define SEVLAUNCH_PRINT_RESULT_H

#include <stdint.h>

/*
 * Prints the line for a result on the console. `result` is volatile so that it is read
 * again before the line that accepts a launch.
 */
void print_result(const volatile uint32_t *result);

#endif
