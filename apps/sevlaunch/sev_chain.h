/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch sev-chain`: whether a platform with SEV or SEV-ES is AMD's. */
#ifndef SEVLAUNCH_SEV_CHAIN_COMMAND_H
#define SEVLAUNCH_SEV_CHAIN_COMMAND_H

#include "cli/input.h"

/* Runs the subcommand on the words after its name. Returns its exit code. */
PORT_CHECK enum cli_code sev_chain(const char *const words[], struct cli_buffer buffer);

#endif
