/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The store as store.h specifies it, with one file of any bytes; errors have their line. */
#ifndef SEVLAUNCH_STORE_MODEL_H
#define SEVLAUNCH_STORE_MODEL_H

#include "proof.h"

#include <apps/sevlaunch/store.h>

static size_t file_size; /* at least 1 */
static unsigned lines;
static const void *kept_part[3]; /* the first parts that are kept */
static unsigned kept_count;

enum cli_code cli_error_of(const struct cli_console *console, enum cli_code code,
                           const char *const parts[])
{
    lines++;
    return code;
}

enum cli_code store_read(struct store *store, const struct cli_console *console, const char *option,
                         const char *path, size_t *size)
{
    *size = 0;
    if (nondet_bool()) {
        lines++;
        return nondet_bool() ? CLI_USAGE : CLI_FAILED;
    }
    *size = file_size;
    return CLI_GO_ON;
}

/* What is kept stays where it is: it is the same there. */
const uint8_t *store_keep(struct store *store, const void *bytes, size_t size)
{
    PROVE(size == 0 || __CPROVER_r_ok(bytes, size));
    if (nondet_bool())
        return NULL;
    if (kept_count < 3)
        kept_part[kept_count] = bytes;
    kept_count++;
    return bytes;
}

#endif
