/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis of a launch digest tried in vain. */
#ifndef SEVLAUNCH_SNP_RULED_OUT_H
#define SEVLAUNCH_SNP_RULED_OUT_H

#include <sevlaunch/snp/diagnose.h>

/* Prints one line: all that was tried, all that was not, and what is left. */
void snp_ruled_out_print(const struct sevl_snp_reference_values *reference,
                         const struct sevl_snp_reported *reported,
                         const struct sevl_snp_findings *findings);

#endif
