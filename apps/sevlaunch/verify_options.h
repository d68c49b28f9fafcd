/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of `sevlaunch snp-verify`: verify.def lists them. */
#ifndef SEVLAUNCH_VERIFY_OPTIONS_H
#define SEVLAUNCH_VERIFY_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) VERIFY_OPTION_##name,
enum verify_option {
#include "verify.def"
    VERIFY_OPTION_COUNT
};
#undef OPTION

extern const struct cli_command verify_command;

#endif
