/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Secrets for a guest whose launch was validated. */
#ifndef SEVLAUNCH_SECRETS_H
#define SEVLAUNCH_SECRETS_H

#include "keys.h"
#include "reference.h"

/* Checks what --inject-secret names. Returns false after an error line. */
PORT_CHECK bool secrets_check(struct console *console, const struct options *options);

/* The PATH of a secret that secrets_check() found to be right. */
const char *secrets_path(const char *text);

/* What a packet is made for. */
struct injection {
    const struct request *request;
    const struct reference *reference;
    const struct keys *keys;
    const uint8_t *measure; /* SEVL_MEASURE_SIZE bytes, that the launch reported */
    enum sevl_result verdict;
};

/*
 * Reads the secrets and writes the packet's two files. Returns false after an error
 * line, with neither written: what was under their names is there still. The memory that
 * files are read through is wiped.
 */
PORT_CHECK bool secrets_inject(struct console *console, const struct options *options,
                               const struct injection *injection);

#endif
