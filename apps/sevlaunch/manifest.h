/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reference values, as `sevlaunch snp-digest --json` prints them: any number of them. */
#ifndef SEVLAUNCH_MANIFEST_H
#define SEVLAUNCH_MANIFEST_H

#include "store.h"
#include "verify_request.h"

/*
 * Looks for a report's measurement among the values of the document that --reference names, and
 * adds it to what is expected if it is there.
 * Returns CLI_GO_ON, found or not, or an exit code after an error line.
 */
PORT_CHECK enum cli_code manifest_read(struct verify_request *request, struct store *store,
                                       const struct cli_console *console,
                                       const struct sevl_snp_report *report);

/*
 * Adds all values of that document to what is expected of any report. From then on, what is
 * expected is in `memory`, which has room for `room` values: CLI_REPEATED_MAX + 2 or more.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code manifest_keep(struct verify_request *request, struct store *store,
                                       const struct cli_console *console,
                                       uint8_t (*memory)[SEVL_SNP_LAUNCH_DIGEST_SIZE], size_t room);

#endif
