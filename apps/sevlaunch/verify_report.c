/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify_report.h"

#include "crl_age.h"

/* A certificate that is not there can be added: this is no verdict. */
static enum sevl_result verify_signatures(struct verify_report *report,
                                          const struct key_sources *sources)
{
    report->verdict = key_search_run(&report->search, &report->file.report, sources);
    if (report->verdict != SEVL_MATCH && report->verdict != SEVL_MISMATCH)
        return report->verdict;
    switch (report->search.fault) {
    case KEY_NO_LEAF:
    case KEY_NO_ROOT:
    case KEY_NO_INTERMEDIATE:
        return SEVL_ERROR_ABSENT;
    default:
        return SEVL_OK;
    }
}

static enum sevl_result verify_claims(struct verify_report *report)
{
    report->claims = SEVL_ERROR_STATE;
    if (report->verdict != SEVL_MATCH || report->file.claims.text == NULL)
        return SEVL_OK;
    report->claims = report_claims_verify(&report->file.claims, &report->file.report);
    return report->claims == SEVL_ERROR_CRYPTO ? report->claims : SEVL_OK;
}

static void show_compared(const struct verify_report *verified, const struct cli_console *console)
{
    const struct sevl_snp_report *report = &verified->file.report;
    const struct sevl_snp_key *key = &verified->search.key;
    cli_debug(console, "Key of the report", key->key, sizeof key->key);
    cli_debug(console, "Measurement", report->measurement, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    cli_debug(console, "Report data", report->report_data, 64);
    cli_debug(console, "Host data", report->host_data, 32);
    cli_debug(console, "Reported TCB", report->reported_tcb, SEVL_SNP_TCB_SIZE);
    cli_debug(console, "Committed TCB", report->committed_tcb, SEVL_SNP_TCB_SIZE);
    cli_debug(console, "Chip id", report->chip_id, 64);
}

enum sevl_result verify_report_run(struct verify_report *report, const struct key_sources *sources,
                                   const struct cli_console *console)
{
    enum sevl_result result = verify_signatures(report, sources);
    if (result == SEVL_OK)
        result = verify_claims(report);
    if (result != SEVL_OK)
        return result;
    show_compared(report, console);
    report->appraised = sevl_snp_appraise(&report->file.report, &report->search.key,
                                          &sources->request->expectations, &report->appraisal);
    return SEVL_OK;
}

bool verify_report_is_good(const struct verify_report *report, const struct verify_request *request)
{
    if (report->verdict != SEVL_MATCH || report->appraised != SEVL_MATCH)
        return false;
    if (!crl_age_holds(request, &report->search))
        return false;
    return report->file.claims.text == NULL || report->claims == SEVL_MATCH;
}

struct verify_evidence verify_report_evidence(const struct verify_report *report,
                                              const struct verify_request *request)
{
    return (struct verify_evidence){request,         &report->file,
                                    &report->search, &report->appraisal,
                                    report->claims,  NULL};
}
