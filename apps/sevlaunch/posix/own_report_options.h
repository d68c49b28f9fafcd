/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of `sevlaunch snp-report`: own_report.def lists them. */
#ifndef SEVLAUNCH_OWN_REPORT_OPTIONS_H
#define SEVLAUNCH_OWN_REPORT_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) OWN_OPTION_##name,
enum own_option {
#include "own_report.def"
    OWN_OPTION_COUNT
};
#undef OPTION

extern const struct cli_command own_report_command;

#endif
