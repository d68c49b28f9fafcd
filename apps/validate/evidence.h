/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Everything that is measured, read once and hashed. */
#ifndef SEVLAUNCH_EVIDENCE_H
#define SEVLAUNCH_EVIDENCE_H

#include <sevlaunch/diagnose.h>
#include <sevlaunch/footer.h>

#include "input.h"
#include "request.h"
#include "state.h"
#include "warnings.h"

struct evidence {
    struct sevl_evidence measured;
    struct sevl_footer footer; /* all zero where the firmware has none, or is not known */
    struct warnings warnings;
    struct buffer buffer; /* what is left of the memory: CPU pages may be kept in it */
};

/*
 * Reads all files but those of keys and secrets, and computes the launch digest.
 * Returns false after an error line.
 */
PORT_CHECK bool evidence_gather(struct evidence *evidence, struct console *console,
                                const struct request *request, const struct state *state,
                                struct buffer buffer);

struct sevl_scratch evidence_scratch(const struct evidence *evidence);

#endif
