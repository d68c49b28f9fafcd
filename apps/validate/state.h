/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How the host says that the guest was launched. */
#ifndef SEVLAUNCH_STATE_H
#define SEVLAUNCH_STATE_H

#include <sevlaunch/measurement.h>

#include "input.h"
#include "request.h"

struct state {
    bool has_measurement; /* always with PURPOSE_VALIDATE */
    bool has_nonce;
    struct sevl_measurement reported;
    struct sevl_launch launch;
};

/*
 * Reads the state from --launch-info, if given, and from the options, which win.
 * Returns false after an error line when a value is missing that the request needs.
 */
PORT_CHECK bool state_read(struct state *state, struct console *console,
                           const struct options *options, const struct request *request,
                           struct buffer buffer);

#endif
