/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Secrets for a guest whose launch was validated. */
#ifndef SEVLAUNCH_SECRETS_H
#define SEVLAUNCH_SECRETS_H

#include "evidence.h"
#include "keys.h"

/* Checks what --inject-secret names. Returns false after an error line. */
PORT_CHECK bool secrets_check(struct console *console, const struct options *options);

/* The PATH of a secret that secrets_check() found to be right. */
const char *secrets_path(const char *text);

/*
 * Reads the secrets and writes the packet's two files. Returns false after an error
 * line, with neither written: what was under their names is there still.
 */
PORT_CHECK bool secrets_inject(struct console *console, const struct options *options,
                               const struct request *request, const struct evidence *evidence,
                               const struct keys *keys, enum sevl_result verdict);

#endif
