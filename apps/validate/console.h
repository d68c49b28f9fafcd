/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the command says, and the exit code that it will end with. */
#ifndef SEVLAUNCH_CONSOLE_H
#define SEVLAUNCH_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port.h"

/* As the man page lists them. */
enum exit_code { CODE_MATCH = 0, CODE_MISMATCH = 1, CODE_USAGE = 2, CODE_FAILED = 3 };

struct console {
    bool quiet;
    bool debug;
    enum exit_code code;
};

/*
 * Prints texts as one line: the arguments, of type const char *, joined. What
 * could change the look of a terminal, or is not seen, is shown as '?', for names
 * may come from others. Returns false when the line was lost.
 */
#define console_line(stream, ...) console_parts(stream, (const char *const[]){__VA_ARGS__, NULL})
PORT_CHECK bool console_parts(enum port_stream stream, const char *const parts[]);

/*
 * Sets the exit code and, unless quiet, prints an error line of the texts that
 * follow. Returns false, for the caller to return.
 */
#define console_fail(console, code, ...) \
    console_fail_parts(console, code, (const char *const[]){"ERROR: ", __VA_ARGS__, NULL})
bool console_fail_parts(struct console *console, enum exit_code code, const char *const parts[]);

/* Prints an answer on standard output; fails when that is not possible. */
PORT_CHECK bool console_print(struct console *console, const char *text);

/* Unless quiet, prints a warning line of texts. */
#define console_warn(console, ...) \
    console_warn_parts(console, (const char *const[]){"WARNING: ", __VA_ARGS__, NULL})
void console_warn_parts(const struct console *console, const char *const parts[]);

/* With --debug, prints a label and bytes in hexadecimal. Never for keys. */
void console_debug(const struct console *console, const char *label, const uint8_t *bytes,
                   size_t size);

#endif
