/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* REPORT_DATA: what a guest has put into its report. */
#ifndef SEVLAUNCH_REPORT_DATA_H
#define SEVLAUNCH_REPORT_DATA_H

#include "cli/console.h"
#include "cli/option.h"

#define REPORT_DATA_SIZE 64

/*
 * Reads 1 to 64 bytes as hexadecimal digits; zeros follow. Returns false, with the bytes in any
 * state, for another text.
 */
bool report_data_read_nonce(const char *text, uint8_t bytes[REPORT_DATA_SIZE]);

/*
 * Reads it from an option that gives all of it, or from one that gives a nonce. Returns
 * CLI_GO_ON, or CLI_USAGE after an error line. The bytes are left untouched if neither is given.
 */
PORT_CHECK enum cli_code report_data_read(uint8_t bytes[REPORT_DATA_SIZE],
                                          const struct cli_arguments *arguments,
                                          const struct cli_console *console, size_t whole,
                                          size_t nonce);

/* Whether two are equal. */
bool report_data_equal(const uint8_t a[REPORT_DATA_SIZE], const uint8_t b[REPORT_DATA_SIZE]);

#endif
