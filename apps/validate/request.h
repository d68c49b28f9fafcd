/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the user asks for: the options, checked and read. */
#ifndef SEVLAUNCH_REQUEST_H
#define SEVLAUNCH_REQUEST_H

#include <sevlaunch/measurement.h>

#include "options.h"

struct request {
    struct sevl_launch launch;
    struct sevl_measurement reported;
    const char *firmware; /* NULL: the launch digest was given */
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    const char *tk; /* NULL: the keys are in files of their own */
    const char *tek;
    const char *tik;
};

/*
 * Reads the options into a request without opening any file. Returns false
 * after an error line when they cannot be served.
 */
PORT_CHECK bool request_read(struct request *request, struct console *console,
                             const struct options *options);

#endif
