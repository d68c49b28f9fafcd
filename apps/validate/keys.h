/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_KEYS_H
#define SEVLAUNCH_KEYS_H

#include "request.h"

/* The keys of a launch, in the order of a TK file. */
struct keys {
    uint8_t tek[SEVL_TEK_SIZE];
    uint8_t tik[SEVL_TIK_SIZE];
};

/* Reads them from their files. Returns false after an error line, with them wiped. */
PORT_CHECK bool keys_read(struct keys *keys, struct console *console,
                          const struct request *request);
void keys_wipe(struct keys *keys);

#endif
