/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis of a launch digest means, in words. */
#ifndef SEVLAUNCH_SNP_HINTS_H
#define SEVLAUNCH_SNP_HINTS_H

#include "snp_expected.h"

/*
 * Unless quiet, prints what would have matched, or all that was tried; and what a report tells
 * beside its MEASUREMENT.
 */
void snp_hints_print(const struct cli_console *console,
                     const struct sevl_snp_reference_values *reference,
                     const struct snp_expected *expected, const struct sevl_snp_findings *findings);

/* The name of a mistake, for programs. */
const char *snp_hints_name(enum sevl_snp_mistake mistake);

#endif
