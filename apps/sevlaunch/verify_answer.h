/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A verdict for people, and as JSON. */
#ifndef SEVLAUNCH_VERIFY_ANSWER_H
#define SEVLAUNCH_VERIFY_ANSWER_H

#include "verify_checks.h"

/*
 * Prints the verdict: one line that says OK and one of what was not checked, or an error line for
 * each check that failed; with `json`, every check. `is_good`: no check failed, and the report
 * was appraised.
 * Returns CLI_SUCCESS, CLI_MISMATCH, or CLI_FAILED if it was lost.
 */
PORT_CHECK enum cli_code verify_answer_print(const struct verify_evidence *evidence,
                                             const struct store *store,
                                             const struct cli_console *console, bool json,
                                             bool is_good);

#endif
