/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files that are written: all of them appear, or none. */
#ifndef SEVLAUNCH_CLI_OUTPUT_H
#define SEVLAUNCH_CLI_OUTPUT_H

#include "cli/console.h"

/* Files at once, which a build whose commands write fewer may say. */
#ifndef CLI_OUTPUTS_MAX
#define CLI_OUTPUTS_MAX 4
#endif

/* Writes what is in a file; returns false when port_write() did. */
typedef bool cli_fill(struct port_sink *sink, const void *context);

struct cli_output {
    const char *path;
    enum port_readers readers;
    cli_fill *fill;
    const void *context;
};

/*
 * Writes at most CLI_OUTPUTS_MAX files. Returns CLI_GO_ON, or CLI_FAILED after an error
 * line, with what was under their names before still there.
 */
PORT_CHECK enum cli_code cli_write_files(const struct cli_console *console,
                                         const struct cli_output outputs[], size_t count);

#endif
