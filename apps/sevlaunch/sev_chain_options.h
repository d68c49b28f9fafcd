/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of `sevlaunch sev-chain`: sev_chain.def lists them. */
#ifndef SEVLAUNCH_SEV_CHAIN_OPTIONS_H
#define SEVLAUNCH_SEV_CHAIN_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) CHAIN_OPTION_##name,
enum chain_option {
#include "sev_chain.def"
    CHAIN_OPTION_COUNT
};
#undef OPTION

extern const struct cli_command sev_chain_command;

#endif
