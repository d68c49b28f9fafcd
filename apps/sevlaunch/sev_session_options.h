/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of `sevlaunch sev-session`: sev_session.def lists them. */
#ifndef SEVLAUNCH_SEV_SESSION_OPTIONS_H
#define SEVLAUNCH_SEV_SESSION_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) SESSION_OPTION_##name,
enum session_option {
#include "sev_session.def"
    SESSION_OPTION_COUNT
};
#undef OPTION

extern const struct cli_command sev_session_command;

#endif
