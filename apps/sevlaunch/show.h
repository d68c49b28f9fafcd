/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch show`: what a file is, and what is in it. */
#ifndef SEVLAUNCH_SHOW_H
#define SEVLAUNCH_SHOW_H

#include "cli/input.h"

/* Runs the subcommand on the words after its name. Returns its exit code. */
PORT_CHECK enum cli_code show(const char *const words[], struct cli_buffer buffer);

#endif
