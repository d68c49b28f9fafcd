/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files, read once from front to back. */
#ifndef SEVLAUNCH_INPUT_H
#define SEVLAUNCH_INPUT_H

#include <sevlaunch/digest.h>

#include "console.h"

/* Memory that files stream through; the more, the fewer reads. */
struct buffer {
    void *memory;
    size_t size; /* at least 1 */
};

/*
 * Appends all of the file at `path` to a digest. Returns false after an error
 * line.
 */
PORT_CHECK bool input_digest(struct sevl_digest *digest, struct console *console, const char *path,
                             struct buffer buffer);

/*
 * Reads a key from a file of exactly `size` bytes; `option` names it in error
 * lines. Returns false after one, with the key wiped.
 */
PORT_CHECK bool input_key(uint8_t *key, size_t size, struct console *console, const char *option,
                          const char *path);

#endif
