/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What is kept of the files that are read: one piece after another, in memory of fixed size. */
#ifndef SEVLAUNCH_STORE_H
#define SEVLAUNCH_STORE_H

#include <sevlaunch/sha256.h>

#include "cli/input.h"

/* The files whose bytes are kept, and those that stream by; what a verdict says of them. */
#define STORE_READ_MAX 48
#define STORE_FILES_MAX (STORE_READ_MAX + 16)

struct store_file {
    const char *option;
    uint64_t size;
    uint8_t sha256[SEVL_SHA256_SIZE];
};

struct store {
    uint8_t *kept; /* what is kept */
    size_t capacity;
    size_t used;
    struct cli_buffer buffer; /* what files are read into, one at a time */
    const char *claims_out;   /* is to be written, and no file that is read whole; or NULL */
    struct store_file files[STORE_FILES_MAX];
    size_t file_count;
};

/* Shares memory between what is kept and what is read. */
void store_begin(struct store *store, struct cli_buffer memory);

/*
 * Reads all of a file into the buffer. Returns CLI_GO_ON with its size, or an exit code after an
 * error line that begins with the name of the option.
 */
PORT_CHECK enum cli_code store_read(struct store *store, const struct cli_console *console,
                                    const char *option, const char *path, size_t *size);

/*
 * Hands all of a file to `take`, as cli_stream() does: CLI_USAGE without a line if it returned
 * SEVL_ERROR_ENCODING.
 */
PORT_CHECK enum cli_code store_stream(struct store *store, const struct cli_console *console,
                                      const char *option, const char *path, cli_take *take,
                                      void *context);

/* Keeps a copy of some bytes. Returns where it is, or NULL if there is no room. */
const uint8_t *store_keep(struct store *store, const void *bytes, size_t size);

#endif
