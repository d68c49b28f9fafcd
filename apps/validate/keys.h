/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_KEYS_H
#define SEVLAUNCH_KEYS_H

#include "request.h"

/* The keys of a launch, in the order of a TK file. */
struct keys {
    uint8_t tek[SEVL_TEK_SIZE];
    uint8_t tik[SEVL_TIK_SIZE];
};

/* Each returns CLI_GO_ON, or the exit code after an error line. */

/* Whether the options name those that are needed: without a secret to seal, the TIK alone. */
PORT_CHECK enum cli_code keys_check(const struct request *request,
                                    const struct cli_console *console);

/* Reads those that are named; others stay as they are. All are wiped after an error. */
PORT_CHECK enum cli_code keys_read(struct keys *keys, const struct cli_console *console,
                                   const struct request *request);
void keys_wipe(struct keys *keys);

#endif
