/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Expectations in a JSON file, so that a fleet's rules can be reviewed as one. */
#ifndef SEVLAUNCH_POLICY_FILE_H
#define SEVLAUNCH_POLICY_FILE_H

#include "store.h"
#include "verify_options.h"

/*
 * Adds the members of the object in the file that --policy-file names to the arguments, as if
 * they had been given there: a name is that of an option of trust or expectations, without its
 * dashes. Their texts are in the store.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code policy_file_read(struct cli_arguments *arguments, struct store *store,
                                          const struct cli_console *console);

#endif
