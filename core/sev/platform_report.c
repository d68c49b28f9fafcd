/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/platform_report.h"

#include <string.h>

#include "base/bytes.h"
#include "sev/platform_layout.h"
#include "sev/platform_signature.h"
#include "sev/verified_key.h"

/* AMD 55766, ATTESTATION. What comes before the usage is signed. */
enum {
    REPORT_MNONCE = 0,
    REPORT_LAUNCH_DIGEST = 16,
    REPORT_POLICY = 48,
    REPORT_USAGE = 52,
    REPORT_ALGORITHM = 56,
    REPORT_RESERVED = 60,
    REPORT_NUMBERS = 64
};

static bool is_signed_by_pek(const uint8_t *bytes)
{
    return sevl_get32(bytes + REPORT_USAGE) == USAGE_PEK &&
           sevl_get32(bytes + REPORT_ALGORITHM) == ALGORITHM_ECDSA_SHA256 &&
           sevl_get32(bytes + REPORT_RESERVED) == 0 && sevl_sev_are_numbers(bytes + REPORT_NUMBERS);
}

enum sevl_result sevl_sev_platform_report_read(struct sevl_sev_platform_report *report,
                                               const void *bytes, size_t size)
{
    const uint8_t *const fields = bytes;
    memset(report, 0, sizeof *report);
    if (size != SEVL_SEV_PLATFORM_REPORT_SIZE)
        return SEVL_ERROR_LENGTH;
    if (!is_signed_by_pek(fields))
        return SEVL_ERROR_ENCODING;
    report->bytes = fields;
    report->mnonce = fields + REPORT_MNONCE;
    report->launch_digest = fields + REPORT_LAUNCH_DIGEST;
    report->policy = sevl_get32(fields + REPORT_POLICY);
    report->verdict = SEVL_ERROR_STATE;
    return SEVL_OK;
}

enum sevl_result sevl_sev_platform_report_verify(struct sevl_sev_platform_report *report,
                                                 const struct sevl_sev_key *pek,
                                                 struct sevl_sev_chain_memory *memory)
{
    report->verdict = SEVL_ERROR_STATE;
    if (report->bytes != NULL && sevl_sev_is_verified(pek, SEVL_SEV_PEK))
        report->verdict = sevl_sev_signature_verify(memory, pek->key, report->bytes, REPORT_USAGE,
                                                    report->bytes + REPORT_NUMBERS);
    return report->verdict;
}
