/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A guest policy of SEV-SNP, of an ID block or of a report. */
#ifndef SEVLAUNCH_SHOW_POLICY_H
#define SEVLAUNCH_SHOW_POLICY_H

#include "show_output.h"

/* The number, the version of the ABI in it, and the bits above that by name. */
void show_policy(struct show_output *output, uint64_t policy);

#endif
