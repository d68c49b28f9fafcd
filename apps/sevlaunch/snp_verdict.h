/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Whether a value is the launch digest of a guest, and if not, why. */
#ifndef SEVLAUNCH_SNP_VERDICT_H
#define SEVLAUNCH_SNP_VERDICT_H

#include "snp_expected.h"
#include "snp_guest.h"

/* What a verdict is made of. */
struct snp_verdict {
    const struct cli_console *console;
    bool is_json;
    const struct snp_guest *guest;
    const struct snp_expected *expected;
};

/*
 * Compares each value with the expected one.
 * Returns CLI_SUCCESS after the verdict that one of them is equal; CLI_MISMATCH after the error
 * line that none is; or another exit code after an error line.
 */
PORT_CHECK enum cli_code snp_verdict(const struct snp_verdict *verdict);

#endif
