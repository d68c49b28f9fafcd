/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The command `sevlaunch`: which of its subcommands a user means. */
#ifndef SEVLAUNCH_SUBCOMMANDS_H
#define SEVLAUNCH_SUBCOMMANDS_H

#include "cli/input.h"

/* Runs the command on its words, which a NULL follows. Returns its exit code. */
PORT_CHECK enum cli_code sevlaunch(const char *const words[], struct cli_buffer buffer);

/* What a platform alone has: each runs on the words after its name. Returns its exit code. */
#define SUBCOMMAND(name, run, help) \
    PORT_CHECK enum cli_code run(const char *const words[], struct cli_buffer buffer);
#include "subcommands_port.def"
#undef SUBCOMMAND

#endif
