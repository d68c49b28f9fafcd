/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch sev-report`: whether a platform with SEV or SEV-ES made a report. */
#ifndef SEVLAUNCH_SEV_REPORT_H
#define SEVLAUNCH_SEV_REPORT_H

#include "cli/input.h"

/* Runs the subcommand on the words after its name. Returns its exit code. */
PORT_CHECK enum cli_code sev_report(const char *const words[], struct cli_buffer buffer);

#endif
