/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What is kept of a firmware, in a file that stands in for it. */
#ifndef SEVLAUNCH_SNP_INFO_H
#define SEVLAUNCH_SNP_INFO_H

#include "snp_firmware.h"

/*
 * Reads such a file in place of the firmware. It has to fit into the buffer.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code snp_info_read(struct snp_firmware *firmware,
                                       const struct cli_console *console, const char *path,
                                       struct cli_buffer buffer);

/*
 * The same of text that was read already: `size` characters, and memory for one more.
 * `before` begins an error line.
 */
PORT_CHECK enum cli_code snp_info_take(struct snp_firmware *firmware,
                                       const struct cli_console *console, const char *before,
                                       const char *path, char *text, size_t size);

/* Writes it. Returns CLI_GO_ON, or CLI_FAILED after an error line. */
PORT_CHECK enum cli_code snp_info_write(const struct snp_firmware *firmware,
                                        const struct cli_console *console, const char *path);

#endif
