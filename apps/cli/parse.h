/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How a command line is read. */
#ifndef SEVLAUNCH_CLI_PARSE_H
#define SEVLAUNCH_CLI_PARSE_H

#include "cli/console.h"
#include "cli/option.h"

/*
 * Reads words up to a NULL as Python's argparse does; the last of a repeated option wins.
 * Sets the console's --quiet and --debug. Returns CLI_GO_ON, or CLI_USAGE after an error
 * line that names the first mistake.
 */
PORT_CHECK enum cli_code cli_parse(struct cli_arguments *arguments, struct cli_console *console,
                                   const struct cli_command *command, const char *const words[]);

#endif
