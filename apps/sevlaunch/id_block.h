/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch snp-id-block`. */
#ifndef SEVLAUNCH_APPS_ID_BLOCK_H
#define SEVLAUNCH_APPS_ID_BLOCK_H

#include "cli/input.h"

/* Runs the subcommand on the words after its name. Returns its exit code. */
PORT_CHECK enum cli_code id_block(const char *const words[], struct cli_buffer buffer);

#endif
