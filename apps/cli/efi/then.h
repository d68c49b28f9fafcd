/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What follows a match, where a platform can start the next program. */
#ifndef SEVLAUNCH_CLI_THEN_H
#define SEVLAUNCH_CLI_THEN_H

#include "cli/console.h"
#include "cli/option.h"
#include "next.h"

/* The program that an option with CLI_NEXT names; NULL when none is given. */
static inline const char *then_name(const struct cli_arguments *arguments)
{
    const char *name = NULL;
    for (size_t i = 0; i < arguments->command->count; i++)
        if (cli_has_trait(arguments, i, CLI_NEXT))
            name = arguments->value[i];
    return name;
}

/*
 * Loads the program that --then names, if it is given: the platform starts it when the command
 * has ended with 0, and no sooner. Returns CLI_GO_ON, or CLI_FAILED after an error line.
 */
PORT_CHECK static inline enum cli_code then_load(const struct cli_arguments *arguments,
                                                 const struct cli_console *console)
{
    const char *reason = "";
    const char *name = then_name(arguments);
    if (name == NULL)
        return CLI_GO_ON;
    if (!port_load_next(&reason, name))
        return cli_error(console, CLI_FAILED, "cannot start '", name, "': ", reason);
    return CLI_GO_ON;
}

#endif
