/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_diagnosis.h"

#include "snp_hints.h"

void snp_diagnose(struct snp_diagnosis *diagnosis, const struct snp_guest *guest,
                  const struct snp_expected *expected)
{
    diagnosis->reference = snp_guest_reference(guest);
    diagnosis->expected = expected;
    enum sevl_result result =
        sevl_snp_diagnose(&diagnosis->reference, &expected->reported, guest->series.scratch,
                          SEVLAUNCH_SEARCH_BLOCKS, &diagnosis->findings);
    diagnosis->is_made = result == SEVL_OK || result == SEVL_ERROR_ABSENT;
}

void snp_diagnosis_print(const struct snp_diagnosis *diagnosis, const struct cli_console *console)
{
    if (diagnosis->is_made)
        snp_hints_print(console, &diagnosis->reference, diagnosis->expected, &diagnosis->findings);
}

const struct sevl_snp_findings *snp_diagnosis_findings(const struct snp_diagnosis *diagnosis)
{
    if (diagnosis == NULL || !diagnosis->is_made)
        return NULL;
    return &diagnosis->findings;
}
