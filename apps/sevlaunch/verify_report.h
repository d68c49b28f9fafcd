/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One report: whether it is genuine, and of the guest that was chosen. */
#ifndef SEVLAUNCH_VERIFY_REPORT_H
#define SEVLAUNCH_VERIFY_REPORT_H

#include "verify_checks.h"

struct verify_report {
    struct report_file file;
    struct key_search search;
    enum sevl_result verdict; /* SEVL_MATCH, or SEVL_MISMATCH */
    enum sevl_result claims;  /* the same, or SEVL_ERROR_STATE: there are none */
    enum sevl_result appraised;
    struct sevl_snp_appraisal appraisal;
};

/*
 * Verifies the report of `file`, and its claims if it has some, and appraises it.
 * Returns SEVL_OK with the answers; SEVL_ERROR_ABSENT if certificates are missing, which `search`
 * tells; or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result verify_report_run(struct verify_report *report,
                                              const struct key_sources *sources,
                                              const struct cli_console *console);

/* Whether all of them say yes, and the revocation list is as young as is asked for. */
bool verify_report_is_good(const struct verify_report *report,
                           const struct verify_request *request);

/* What a verdict on it rests on: pointers to both. */
struct verify_evidence verify_report_evidence(const struct verify_report *report,
                                              const struct verify_request *request);

#endif
