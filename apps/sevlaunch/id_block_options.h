/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of `sevlaunch snp-id-block`: id_block.def lists them. */
#ifndef SEVLAUNCH_ID_BLOCK_OPTIONS_H
#define SEVLAUNCH_ID_BLOCK_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) ID_OPTION_##name,
enum id_option {
#include "id_block.def"
    ID_OPTION_COUNT
};
#undef OPTION

extern const struct cli_command id_block_command;

#endif
