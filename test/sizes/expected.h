/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What is expected of the report of a chip that AMD's tables hold. */
#ifndef SEVLAUNCH_EXPECTED_H
#define SEVLAUNCH_EXPECTED_H

#include <sevlaunch/snp/appraisal.h>
#include <string.h>

#include "amd_whole.h"

#define REPORT_DATA 0x50
#define MEASUREMENT 0x90

static const struct known_amd *const amd = &amds[0];

/* Version 3, signed by the chip. */
static inline struct sevl_bytes known_report(void)
{
    return (struct sevl_bytes){amd->reports[1], SEVL_SNP_REPORT_SIZE};
}

static inline const struct sevl_snp_expectations *known_expectations(void)
{
    static struct sevl_snp_expectations expectations;
    expectations.expected = SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_DATES) |
                            SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_MEASUREMENT) |
                            SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_REPORT_DATA) |
                            SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_CHIP_ID) |
                            SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_COMMITTED_TCB);
    expectations.time = amd->first;
    expectations.measurements = (const void *)(known_report().bytes + MEASUREMENT);
    expectations.measurement_count = 1;
    expectations.tcb_min = amd->tcb;
    memcpy(expectations.report_data, known_report().bytes + REPORT_DATA,
           sizeof expectations.report_data);
    memcpy(expectations.chip_id, amd->chip_id, sizeof expectations.chip_id);
    return &expectations;
}

#endif
