/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch snp-verify --batch`: many reports, a line each. */
#ifndef SEVLAUNCH_BATCH_H
#define SEVLAUNCH_BATCH_H

#include "verify_inputs.h"

/*
 * Reads what all lines share, then one line after another, and prints a verdict for each before
 * it reads on. Memory is the same for any number of lines.
 * Returns CLI_SUCCESS if there is a line and all passed; CLI_MISMATCH if a line did not pass or is
 * none; or another code after an error line.
 */
PORT_CHECK enum cli_code batch_run(struct verify_inputs *inputs);

#endif
