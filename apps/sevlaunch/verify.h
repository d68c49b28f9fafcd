/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch snp-verify`. */
#ifndef SEVLAUNCH_VERIFY_H
#define SEVLAUNCH_VERIFY_H

#include "cli/input.h"

/* Runs the subcommand on the words after its name. Returns its exit code. */
PORT_CHECK enum cli_code snp_verify(const char *const words[], struct cli_buffer buffer);

#endif
