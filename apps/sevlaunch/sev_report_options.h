/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of `sevlaunch sev-report`: sev_report.def lists them. */
#ifndef SEVLAUNCH_SEV_REPORT_OPTIONS_H
#define SEVLAUNCH_SEV_REPORT_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) REPORT_OPTION_##name,
enum report_option {
#include "sev_report.def"
    REPORT_OPTION_COUNT
};
#undef OPTION

extern const struct cli_command sev_report_command;

#endif
