/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Why a launch digest is none of a guest: what was looked for, and what came of it. */
#ifndef SEVLAUNCH_SNP_DIAGNOSIS_H
#define SEVLAUNCH_SNP_DIAGNOSIS_H

#include "snp_expected.h"
#include "snp_guest.h"

struct snp_diagnosis {
    bool is_made; /* it came to an end, whatever it found */
    struct sevl_snp_reference_values reference;
    const struct snp_expected *expected; /* the caller's */
    struct sevl_snp_findings findings;
};

/* Looks for what explains that no value of the guest is the expected one. */
void snp_diagnose(struct snp_diagnosis *diagnosis, const struct snp_guest *guest,
                  const struct snp_expected *expected);

/* Unless quiet, prints what was found, if it was made. */
void snp_diagnosis_print(const struct snp_diagnosis *diagnosis, const struct cli_console *console);

/* NULL if there is no diagnosis, or if it was not made. */
const struct sevl_snp_findings *snp_diagnosis_findings(const struct snp_diagnosis *diagnosis);

#endif
