/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Readers of values: what an option takes. */
#ifndef SEVLAUNCH_CLI_VALUES_H
#define SEVLAUNCH_CLI_VALUES_H

#include "cli/console.h"
#include "cli/option.h"

/*
 * Each returns CLI_GO_ON, or CLI_USAGE after an error line. A result is left untouched if
 * its option is not given.
 */

/* That an option is given. */
PORT_CHECK enum cli_code cli_require(const struct cli_arguments *arguments,
                                     const struct cli_console *console, size_t option);

/* A number from `min` to `max`. */
PORT_CHECK enum cli_code cli_read_number(const struct cli_arguments *arguments,
                                         const struct cli_console *console, size_t option,
                                         uint32_t min, uint32_t max, uint32_t *number);

/* Any number of 64 bits. */
PORT_CHECK enum cli_code cli_read_number64(const struct cli_arguments *arguments,
                                           const struct cli_console *console, size_t option,
                                           uint64_t *number);

#define CLI_WORDS_MAX 4

/* The index of one of two to CLI_WORDS_MAX words, which a NULL follows. */
PORT_CHECK enum cli_code cli_read_word(const struct cli_arguments *arguments,
                                       const struct cli_console *console, size_t option,
                                       const char *const words[], int *index);

/* Exactly `size` bytes, 2 or more: two hexadecimal digits each, or base64 with its padding. */
PORT_CHECK enum cli_code cli_read_bytes(const struct cli_arguments *arguments,
                                        const struct cli_console *console, size_t option,
                                        uint8_t *bytes, size_t size);

#endif
