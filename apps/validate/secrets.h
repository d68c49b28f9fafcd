/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Secrets for a guest whose launch was validated. */
#ifndef SEVLAUNCH_SECRETS_H
#define SEVLAUNCH_SECRETS_H

#include "keys.h"
#include "reference.h"

/*
 * Checks what the options say of secrets, and reads it into a request. Returns CLI_GO_ON, or
 * CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code secrets_check(struct request *request, const struct cli_console *console);

/* What a packet is made for. */
struct injection {
    const struct request *request;
    const struct reference *reference;
    const struct keys *keys;
    const uint8_t *measure; /* SEVL_MEASURE_SIZE bytes, that the launch reported */
    enum sevl_result verdict;
    struct warnings *warnings; /* of the reference; one may be added */
};

/*
 * Reads the secrets and writes the packet's two files. Returns CLI_GO_ON, or the exit code
 * after an error line, with neither written: what was under their names is there still. The
 * memory that files are read through is wiped.
 */
PORT_CHECK enum cli_code secrets_inject(const struct cli_console *console,
                                        const struct injection *injection);

#endif
