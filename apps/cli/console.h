/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a command says. */
#ifndef SEVLAUNCH_CLI_CONSOLE_H
#define SEVLAUNCH_CLI_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/code.h"
#include "port.h"

struct cli_console {
    bool quiet;
    bool debug;
};

/*
 * Prints texts as one line: the arguments, of type const char *, joined. What
 * could change the look of a terminal, or is not seen, is shown as '?', for names
 * may come from others. Returns false when the line was lost.
 */
#define cli_line(stream, ...) cli_line_of(stream, (const char *const[]){__VA_ARGS__, NULL})
PORT_CHECK bool cli_line_of(enum port_stream stream, const char *const parts[]);

/*
 * Unless quiet, prints an error line of the texts that follow. Returns `code`, for the
 * caller to return.
 */
#define cli_error(console, code, ...) \
    cli_error_of(console, code, (const char *const[]){"ERROR: ", __VA_ARGS__, NULL})
PORT_CHECK enum cli_code cli_error_of(const struct cli_console *console, enum cli_code code,
                                      const char *const parts[]);

/* Returns CLI_GO_ON when an answer was printed, or else CLI_FAILED after an error line. */
PORT_CHECK enum cli_code cli_check_printed(const struct cli_console *console, bool printed);

/* Unless quiet, prints a warning line of texts. */
#define cli_warn(console, ...) \
    cli_warn_of(console, (const char *const[]){"WARNING: ", __VA_ARGS__, NULL})
void cli_warn_of(const struct cli_console *console, const char *const parts[]);

/* With --debug, prints a label and bytes in hexadecimal. Never for keys. */
void cli_debug(const struct cli_console *console, const char *label, const uint8_t *bytes,
               size_t size);

#endif
