/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What checks of options are made of. */
#ifndef SEVLAUNCH_CHECKS_H
#define SEVLAUNCH_CHECKS_H

#include "options.h"

/*
 * Each returns false after an error line:
 * when an option is not given; when both of two are; when one is given without
 * the other that it belongs to.
 */
PORT_CHECK bool check_require(const struct options *options, struct console *console,
                              enum option option);
PORT_CHECK bool check_exclude(const struct options *options, struct console *console,
                              enum option option, enum option other);
PORT_CHECK bool check_depend(const struct options *options, struct console *console,
                             enum option option, enum option other);

/*
 * Read an option's value, if it is given, and leave the result untouched if not: a
 * number from `least` to `most`, or the index of one of two or three words, which
 * a NULL follows. Return false after an error line.
 */
PORT_CHECK bool check_number(const struct options *options, struct console *console,
                             enum option option, uint32_t least, uint32_t most, uint32_t *number);
PORT_CHECK bool check_word(const struct options *options, struct console *console,
                           enum option option, const char *const words[], int *index);

#endif
