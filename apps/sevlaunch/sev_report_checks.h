/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The checks of a report of a platform, after those of its certificates. */
#ifndef SEVLAUNCH_SEV_REPORT_CHECKS_H
#define SEVLAUNCH_SEV_REPORT_CHECKS_H

#include <sevlaunch/sev/platform_report.h>

#include "platform_checks.h"
#include "sev_report_request.h"

/* A value of the report, and the one that is expected: texts that checks point to. */
struct sev_report_value {
    char expected[2 * SEVL_LAUNCH_DIGEST_SIZE + 1];
    char got[2 * SEVL_LAUNCH_DIGEST_SIZE + 1];
};

/* Its texts are pointed to by the checks: do not move it while these are used. */
struct sev_report_values {
    struct sev_report_value nonce;
    struct sev_report_value launch_digest;
    struct sev_report_value policy;
};

/*
 * Adds the checks of a report, whose verdict is known. The values of one that is not genuine are
 * not compared. Returns whether it is genuine and all that is expected.
 */
SEVL_CHECK bool sev_report_checks_add(struct platform_checks *checks,
                                      struct sev_report_values *values,
                                      const struct sevl_sev_platform_report *report,
                                      const struct sev_report_request *request);

#endif
