/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files, read once from front to back. */
#ifndef SEVLAUNCH_INPUT_H
#define SEVLAUNCH_INPUT_H

#include <sevlaunch/result.h>

#include "console.h"

/* Memory that files stream through; the more, the fewer reads. */
struct buffer {
    void *memory;
    size_t size; /* at least 1 */
};

/* Takes the next bytes of a file. */
typedef enum sevl_result input_take(void *context, const void *data, size_t size);

/*
 * Hands all of the file at `path` to `take`, in order. Returns false after an error
 * line, when `take` did not return SEVL_OK too.
 */
PORT_CHECK bool input_stream(input_take *take, void *context, struct console *console,
                             const char *path, struct buffer buffer);

/*
 * Reads a file of at most `most` bytes; `option` names it in error lines. Returns
 * false after one.
 */
PORT_CHECK bool input_all(void *bytes, size_t most, size_t *size, struct console *console,
                          const char *option, const char *path);

/*
 * Reads a key, or a page, from a file of exactly `size` bytes; `option` names it in error
 * lines. Returns false after one, with the bytes wiped.
 */
PORT_CHECK bool input_exactly(void *bytes, size_t size, struct console *console, const char *option,
                              const char *path);

#endif
