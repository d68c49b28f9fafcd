/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What follows a match, where a platform can start the next program. */
#ifndef SEVLAUNCH_THEN_H
#define SEVLAUNCH_THEN_H

#include "next.h"
#include "options.h"

#include "cli/console.h"

/*
 * Loads the program that --then names, if it is given: the platform starts it when the command
 * has ended with 0, and no sooner. Returns CLI_GO_ON, or CLI_FAILED after an error line.
 */
PORT_CHECK static inline enum cli_code then_load(const struct cli_arguments *arguments,
                                                 const struct cli_console *console)
{
    const char *reason = "";
    const char *name = arguments->value[OPTION_THEN];
    if (name == NULL)
        return CLI_GO_ON;
    if (!port_load_next(&reason, name))
        return cli_error(console, CLI_FAILED, "cannot start '", name, "': ", reason);
    return CLI_GO_ON;
}

#endif
