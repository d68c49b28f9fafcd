/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Whether options fit each other, as their table says. */
#ifndef SEVLAUNCH_CLI_CHECK_H
#define SEVLAUNCH_CLI_CHECK_H

#include "cli/console.h"
#include "cli/option.h"

/*
 * Checks, in this order and for each in the order of the table, that no option is given
 * with another that it excludes, or without one that it needs; that no two read standard
 * input; and that no file to write is standard input, another file that is named, or what
 * standard output or standard error go to if something is printed there.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line. No file is opened.
 */
PORT_CHECK enum cli_code cli_check(const struct cli_arguments *arguments,
                                   const struct cli_console *console);

#endif
