/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the host says of the launch: evidence, in the words of RFC 9334. */
#ifndef SEVLAUNCH_EVIDENCE_H
#define SEVLAUNCH_EVIDENCE_H

#include <sevlaunch/sev/measurement.h>

#include "cli/input.h"
#include "domain.h"
#include "request.h"

struct host_evidence {
    bool has_measurement; /* always with PURPOSE_VALIDATE */
    bool has_nonce;       /* in values.measurement: given alone, or with a measurement */
    struct domain domain; /* what the XML was checked for */
    struct sevl_evidence values;
};

/*
 * Reads the evidence from --launch-info, if given, and from the options, which win; then the
 * domain's XML, if given. Returns CLI_GO_ON, or the exit code after an error line when a value
 * is missing that the request needs, or the domain is none to validate.
 */
PORT_CHECK enum cli_code evidence_read(struct host_evidence *evidence,
                                       const struct cli_console *console,
                                       const struct request *request, struct cli_buffer buffer);

#endif
