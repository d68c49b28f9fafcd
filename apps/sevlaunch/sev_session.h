/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch sev-session`. */
#ifndef SEVLAUNCH_SEV_SESSION_COMMAND_H
#define SEVLAUNCH_SEV_SESSION_COMMAND_H

#include "cli/input.h"

/* Runs the subcommand on the words after its name. Returns its exit code. */
PORT_CHECK enum cli_code sev_session(const char *const words[], struct cli_buffer buffer);

#endif
