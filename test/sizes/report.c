/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The smallest verification and appraisal of a report, under a key that is known. The caller
 * has the report, the key and what is expected, which may be in flash.
 */
#include "report.h"

struct reporting reporting;

enum sevl_result report(const void *bytes, size_t size)
{
    struct reporting *r = &reporting;
    if (sevl_snp_report_read(&r->report, bytes, size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    enum sevl_result verdict = sevl_snp_report_verify(&r->report, r->key, NULL, &r->memory);
    if (verdict != SEVL_MATCH)
        return verdict;
    return sevl_snp_appraise(&r->report, r->key, r->expectations, &r->appraisal);
}
