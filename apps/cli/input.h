/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files, read once from front to back. */
#ifndef SEVLAUNCH_CLI_INPUT_H
#define SEVLAUNCH_CLI_INPUT_H

#include <sevlaunch/result.h>

#include "cli/console.h"

/* Memory that files stream through; the more, the fewer reads. */
struct cli_buffer {
    void *memory;
    size_t size; /* at least 1 */
};

/* Takes the next bytes of a file. */
typedef enum sevl_result cli_take(void *context, const void *data, size_t size);

/* Each returns CLI_GO_ON, or the exit code after an error line. */

/*
 * Hands all of the file at `path` to `take`, in order. Fails when `take` did not return
 * SEVL_OK too. SEVL_ERROR_ENCODING of it, for a file of another form, gives CLI_USAGE without
 * a line: the caller says what is wrong with the file.
 */
PORT_CHECK enum cli_code cli_stream(cli_take *take, void *context,
                                    const struct cli_console *console, const char *path,
                                    struct cli_buffer buffer);

/*
 * The same. `begin` comes before the first byte, with the size of the file where the
 * platform tells it, else with 0.
 */
typedef void cli_begin(void *context, bool is_known, uint64_t size);
PORT_CHECK enum cli_code cli_stream_sized(cli_begin *begin, cli_take *take, void *context,
                                          const struct cli_console *console, const char *path,
                                          struct cli_buffer buffer);

/* Returns CLI_USAGE after an error line: `name` wants a file that is not empty. */
PORT_CHECK enum cli_code cli_fail_empty(const struct cli_console *console, const char *name,
                                        const char *path);

/* Reads a file of at most `max` bytes; `name` is that of its option, for error lines. */
PORT_CHECK enum cli_code cli_read_all(void *bytes, size_t max, size_t *size,
                                      const struct cli_console *console, const char *name,
                                      const char *path);

/*
 * Reads a file of exactly `size` bytes; `name` is that of its option. After an error the
 * bytes are wiped.
 */
PORT_CHECK enum cli_code cli_read_exactly(void *bytes, size_t size,
                                          const struct cli_console *console, const char *name,
                                          const char *path);

/* The same of a key: hexadecimal digits are none, whatever their number. */
PORT_CHECK enum cli_code cli_read_key(void *key, size_t size, const struct cli_console *console,
                                      const char *name, const char *path);

#endif
