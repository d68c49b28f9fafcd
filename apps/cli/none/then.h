/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What follows a match where a platform starts no other program: nothing. */
#ifndef SEVLAUNCH_CLI_THEN_H
#define SEVLAUNCH_CLI_THEN_H

#include "cli/console.h"
#include "cli/option.h"

PORT_CHECK static inline enum cli_code then_load(const struct cli_arguments *arguments,
                                                 const struct cli_console *console)
{
    (void)arguments;
    (void)console;
    return CLI_GO_ON;
}

#endif
