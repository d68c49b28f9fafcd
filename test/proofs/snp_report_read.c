/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_report_read and sevl_snp_report_product, for any bytes of any size: a report is read
 * if and only if its version is known and what is reserved in it is 0; its fields are within it.
 */
#include "proof.h"

#include <core/snp/report.c>

static bool is_zero_from(const uint8_t *bytes, size_t first, size_t end)
{
    uint8_t any = 0;
    for (size_t i = first; i < end; i++)
        any |= bytes[i];
    return any == 0;
}

/* AMD 56860, table "ATTESTATION_REPORT": the end of each span is not part of it. */
static bool is_report(const uint8_t *b)
{
    uint32_t version = sevl_get32(b);
    bool right = version >= 2 && version <= 6 && b[0x48] < 32 && is_zero_from(b, 0x49, 0x50) &&
                 is_zero_from(b, 0x18b, 0x1a0) && b[0x1eb] == 0 && b[0x1ef] == 0 &&
                 is_zero_from(b, 0x208, 0x220) && is_zero_from(b, 0x280, 0x2a0) &&
                 is_zero_from(b, 0x2d0, 0x2e8) && is_zero_from(b, 0x318, 0x4a0);
    if (version < 3)
        right = right && is_zero_from(b, 0x188, 0x18b);
    if (version < 4)
        right = right && is_zero_from(b, 0x1f8, 0x208);
    if (version < 6)
        right = right && is_zero_from(b, 0x220, 0x280);
    return right;
}

static void prove_numbers(const struct sevl_snp_report *report, const uint8_t *b)
{
    PROVE(report->version == sevl_get32(b));
    PROVE(report->guest_svn == sevl_get32(b + 0x04));
    PROVE(report->policy == sevl_get64(b + 0x08));
    PROVE(report->vmpl == sevl_get32(b + 0x30));
    PROVE(report->platform_info == sevl_get64(b + 0x40));
    PROVE(report->has_author_key == (b[0x48] % 2 == 1));
    PROVE(report->masks_chip_key == (b[0x48] / 2 % 2 == 1));
    PROVE(report->signer == b[0x48] / 4);
    PROVE(report->has_cpuid == (report->version > 2));
    PROVE(report->cpuid_family == b[0x188] && report->cpuid_model == b[0x189] &&
          report->cpuid_stepping == b[0x18a]);
    PROVE(report->current_version.build == b[0x1e8] && report->current_version.minor == b[0x1e9] &&
          report->current_version.major == b[0x1ea]);
    PROVE(report->committed_version.build == b[0x1ec] &&
          report->committed_version.minor == b[0x1ed] &&
          report->committed_version.major == b[0x1ee]);
    PROVE(report->launch_mitigations == sevl_get64(b + 0x1f8));
    PROVE(report->current_mitigations == sevl_get64(b + 0x200));
}

static void prove_fields(const struct sevl_snp_report *report, const uint8_t *b)
{
    PROVE(report->bytes == b && report->verdict == SEVL_ERROR_STATE);
    PROVE(report->family_id == b + 0x10 && report->image_id == b + 0x20);
    PROVE(report->current_tcb == b + 0x38 && report->report_data == b + 0x50);
    PROVE(report->measurement == b + 0x90 && report->host_data == b + 0xc0);
    PROVE(report->id_key_digest == b + 0xe0 && report->author_key_digest == b + 0x110);
    PROVE(report->report_id == b + 0x140 && report->report_id_ma == b + 0x160);
    PROVE(report->reported_tcb == b + 0x180 && report->chip_id == b + 0x1a0);
    PROVE(report->committed_tcb == b + 0x1e0 && report->launch_tcb == b + 0x1f0);
}

static void prove_product(const struct sevl_snp_report *report)
{
    enum sevl_snp_product product = SEVL_SNP_GENOA;
    uint8_t model = report->cpuid_model;
    int expected = 0;
    if (report->cpuid_family == 0x19)
        expected = model < 0x10                                      ? SEVL_SNP_MILAN
                   : model < 0x20 || (model >= 0xa0 && model < 0xb0) ? SEVL_SNP_GENOA
                                                                     : 0;
    if (report->cpuid_family == 0x1a && model < 0x20)
        expected = SEVL_SNP_TURIN;
    if (!report->has_cpuid)
        expected = 0;
    enum sevl_result result = sevl_snp_report_product(report, &product);
    REACHES(expected == SEVL_SNP_MILAN);
    REACHES(expected == SEVL_SNP_TURIN);
    PROVE(result == (expected == 0 ? SEVL_ERROR_ABSENT : SEVL_OK));
    PROVE((int)product == (expected == 0 ? SEVL_SNP_GENOA : expected));
}

int main(void)
{
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    struct sevl_snp_report report;
    size_t size = nondet_bool() ? SEVL_SNP_REPORT_SIZE : nondet_size();

    enum sevl_result result =
        sevl_snp_report_read(&report, size == SEVL_SNP_REPORT_SIZE ? bytes : NULL, size);

    REACHES(result == SEVL_OK && report.version == 2);
    REACHES(result == SEVL_OK && report.version == 6);
    if (size != SEVL_SNP_REPORT_SIZE)
        PROVE(result == SEVL_ERROR_LENGTH);
    else
        PROVE(result == (is_report(bytes) ? SEVL_OK : SEVL_ERROR_ENCODING));
    if (result != SEVL_OK) {
        prove_zero(&report, sizeof report);
        return 0;
    }
    prove_numbers(&report, bytes);
    prove_fields(&report, bytes);
    prove_product(&report);
}
