/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A file that a guest bound to its report, a key of its TLS server for example, by a hash of it. */
#ifndef SEVLAUNCH_BOUND_FILE_H
#define SEVLAUNCH_BOUND_FILE_H

#include "report_data.h"
#include "store.h"
#include "verify_request.h"

/*
 * Hashes the file that --report-data-hash names by SHA-256, SHA-384 and SHA-512, each with zeros
 * after it. Returns CLI_GO_ON, or an exit code after an error line.
 */
#define BOUND_FILE_HASHES 3
PORT_CHECK enum cli_code bound_file_hash(uint8_t values[BOUND_FILE_HASHES][REPORT_DATA_SIZE],
                                         struct store *store, const struct cli_console *console,
                                         const char *path);

/*
 * Expects REPORT_DATA to be the hash of the file that --report-data-hash names, by SHA-256, SHA-384
 * or SHA-512, then zeros: the one of them that it is, or else the last.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code bound_file_read(struct verify_request *request, struct store *store,
                                         const struct cli_console *console,
                                         const struct sevl_snp_report *report);

#endif
