/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of `sevlaunch show`: show.def lists them. */
#ifndef SEVLAUNCH_SHOW_OPTIONS_H
#define SEVLAUNCH_SHOW_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) SHOW_OPTION_##name,
enum show_option {
#include "show.def"
    SHOW_OPTION_COUNT
};
#undef OPTION

extern const struct cli_command show_command;

#endif
