/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_CLI_HELP_H
#define SEVLAUNCH_CLI_HELP_H

#include "cli/console.h"
#include "cli/option.h"

/*
 * Print to standard output, in 80 columns. Return CLI_SUCCESS, or CLI_FAILED after an error
 * line when some of it was lost.
 */
PORT_CHECK enum cli_code cli_print_help(const struct cli_command *command,
                                        const struct cli_console *console);
PORT_CHECK enum cli_code cli_print_version(const struct cli_command *command,
                                           const struct cli_console *console);

#endif
