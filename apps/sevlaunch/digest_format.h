/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* --format: how a digest is printed that is the only one. */
#ifndef SEVLAUNCH_DIGEST_FORMAT_H
#define SEVLAUNCH_DIGEST_FORMAT_H

#include "cli/console.h"
#include "cli/option.h"

#define DIGEST_SIZE_MAX 48

/* Returns CLI_GO_ON, or CLI_USAGE after an error line. */
PORT_CHECK enum cli_code digest_format_read(bool *is_base64, const struct cli_arguments *arguments,
                                            const struct cli_console *console, size_t option);

/* Many values are one document; one alone is a line. Returns as above. */
PORT_CHECK enum cli_code digest_format_check(const struct cli_arguments *arguments,
                                             const struct cli_console *console, size_t option,
                                             uint64_t values);

/*
 * Prints at most DIGEST_SIZE_MAX bytes as a line.
 * Returns CLI_GO_ON, or CLI_FAILED after an error line.
 */
PORT_CHECK enum cli_code digest_format_print(const struct cli_console *console, bool is_base64,
                                             const uint8_t *digest, size_t size);

#endif
