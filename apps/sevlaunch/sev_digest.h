/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch sev-digest`: the launch digests that SEV and SEV-ES guests must have. */
#ifndef SEVLAUNCH_SEV_DIGEST_H
#define SEVLAUNCH_SEV_DIGEST_H

#include "cli/input.h"

/* Runs the subcommand on the words after its name. Returns its exit code. */
PORT_CHECK enum cli_code sev_digest(const char *const words[], struct cli_buffer buffer);

#endif
