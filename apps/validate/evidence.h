/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the host says of the launch: evidence, in the words of RFC 9334. */
#ifndef SEVLAUNCH_EVIDENCE_H
#define SEVLAUNCH_EVIDENCE_H

#include <sevlaunch/sev/measurement.h>

#include "input.h"
#include "request.h"

struct host_evidence {
    bool has_measurement; /* always with PURPOSE_VALIDATE */
    bool has_nonce;       /* in values.measurement, from --nonce or with a measurement */
    struct sevl_evidence values;
};

/*
 * Reads the evidence from --launch-info, if given, and from the options, which win.
 * Returns false after an error line when a value is missing that the request needs.
 */
PORT_CHECK bool evidence_read(struct host_evidence *evidence, struct console *console,
                              const struct options *options, const struct request *request,
                              struct buffer buffer);

#endif
