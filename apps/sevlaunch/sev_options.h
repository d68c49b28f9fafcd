/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of `sevlaunch sev-digest`: sev_digest.def lists them. */
#ifndef SEVLAUNCH_SEV_OPTIONS_H
#define SEVLAUNCH_SEV_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) SEV_OPTION_##name,
enum sev_option {
#include "sev_digest.def"
    SEV_OPTION_COUNT
};
#undef OPTION

extern const struct cli_command sev_digest_command;

#endif
