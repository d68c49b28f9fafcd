/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What `sevlaunch snp-digest` compares with: a value, or the MEASUREMENT of a report. */
#ifndef SEVLAUNCH_SNP_EXPECTED_H
#define SEVLAUNCH_SNP_EXPECTED_H

#include <sevlaunch/snp/diagnose.h>

#include "cli/option.h"
#include "report_file.h"

struct snp_expected {
    bool is_given;
    bool is_report;
    struct sevl_snp_reported reported;
    struct sevl_snp_report report; /* with is_report; its bytes are in the store */
};

/* Expects what a report tells. */
void snp_expected_of_report(struct snp_expected *expected, const struct sevl_snp_report *report);

/*
 * Reads the value of --expect, or the file of --report, if one is given: in any form that
 * report_file_read() takes. Nobody verifies it.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code snp_expected_read(struct snp_expected *expected,
                                           const struct cli_arguments *arguments,
                                           struct store *store, const struct cli_console *console);

#endif
