/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_REPORT_H
#define SEVLAUNCH_REPORT_H

#include <stdint.h>

/*
 * Prints the line of a result on the console. It is volatile because it is read
 * again before the line that accepts a launch.
 */
void report(const volatile uint32_t *result);

#endif
