/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch snp-digest`. */
#ifndef SEVLAUNCH_SNP_DIGEST_H
#define SEVLAUNCH_SNP_DIGEST_H

#include "cli/input.h"

/* Runs the subcommand on the words after its name. Returns its exit code. */
PORT_CHECK enum cli_code snp_digest(const char *const words[], struct cli_buffer buffer);

#endif
