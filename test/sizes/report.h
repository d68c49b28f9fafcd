/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_REPORT_H
#define SEVLAUNCH_REPORT_H

#include <sevlaunch/snp/appraisal.h>

/* The contexts that it needs in addition to its stack, and where the rest is. */
extern struct reporting {
    const struct sevl_snp_key *key;
    const struct sevl_snp_expectations *expectations;
    struct sevl_snp_report report;
    struct sevl_snp_appraisal appraisal;
    struct sevl_snp_report_memory memory;
} reporting;

enum sevl_result report(const void *bytes, size_t size);

#endif
