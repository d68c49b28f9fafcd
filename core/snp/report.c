/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/report.h"

#include <string.h>

#include "base/bytes.h"
#include "snp/report_layout.h"

#define ALWAYS UINT8_MAX

/* Bytes that are reserved in versions below `until`, and have to be zero there. */
static const struct reserved {
    uint16_t offset;
    uint16_t size;
    uint8_t until;
} reserved_bytes[] = {
    {KEY_INFO + 4, 4, ALWAYS},
    {CPUID, 3, 3},
    {CPUID + 3, CHIP_ID - CPUID - 3, ALWAYS},
    {CURRENT_VERSION + 3, 1, ALWAYS},
    {COMMITTED_VERSION + 3, 1, ALWAYS},
    {LAUNCH_MITIGATIONS, 16, 4}, /* some firmware of version 4 fills them already */
    {LAUNCH_MITIGATIONS + 16, 24, ALWAYS},
    {EXTENDED_TCBS, 96, 6},
    {EXTENDED_TCBS + 96, 32, ALWAYS},
    {SIGNATURE + SIGNATURE_NUMBER, SIGNATURE_FIELD - SIGNATURE_NUMBER, ALWAYS},
    {SIGNATURE + SIGNATURE_FIELD + SIGNATURE_NUMBER, SIGNATURE_FIELD - SIGNATURE_NUMBER, ALWAYS},
    {SIGNATURE + 2 * SIGNATURE_FIELD, SEVL_SNP_REPORT_SIZE - SIGNATURE - 2 * SIGNATURE_FIELD,
     ALWAYS},
};

static bool are_zero(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++)
        any |= bytes[i];
    return any == 0;
}

static bool reserved_are_zero(const uint8_t *bytes, uint32_t version)
{
    for (size_t i = 0; i < sizeof reserved_bytes / sizeof *reserved_bytes; i++) {
        const struct reserved *reserved = &reserved_bytes[i];
        if (version < reserved->until && !are_zero(bytes + reserved->offset, reserved->size))
            return false;
    }
    return sevl_get32(bytes + KEY_INFO) < KEY_INFO_RESERVED;
}

static void read_numbers(struct sevl_snp_report *report, const uint8_t *bytes)
{
    uint32_t key_info = sevl_get32(bytes + KEY_INFO);
    report->guest_svn = sevl_get32(bytes + GUEST_SVN);
    report->policy = sevl_get64(bytes + POLICY);
    report->vmpl = sevl_get32(bytes + VMPL);
    report->platform_info = sevl_get64(bytes + PLATFORM_INFO);
    report->has_author_key = (key_info & KEY_INFO_AUTHOR_KEY) != 0;
    report->masks_chip_key = (key_info & KEY_INFO_MASK_CHIP_KEY) != 0;
    report->signer = (uint8_t)(key_info / KEY_INFO_SIGNER);
    report->has_cpuid = report->version >= 3;
    report->cpuid_family = bytes[CPUID];
    report->cpuid_model = bytes[CPUID + 1];
    report->cpuid_stepping = bytes[CPUID + 2];
    memcpy(&report->current_version, bytes + CURRENT_VERSION, sizeof report->current_version);
    memcpy(&report->committed_version, bytes + COMMITTED_VERSION, sizeof report->committed_version);
    report->launch_mitigations = sevl_get64(bytes + LAUNCH_MITIGATIONS);
    report->current_mitigations = sevl_get64(bytes + LAUNCH_MITIGATIONS + 8);
}

static void set_fields(struct sevl_snp_report *report, const uint8_t *bytes)
{
    report->family_id = bytes + FAMILY_ID;
    report->image_id = bytes + IMAGE_ID;
    report->report_data = bytes + REPORT_DATA;
    report->measurement = bytes + MEASUREMENT;
    report->host_data = bytes + HOST_DATA;
    report->id_key_digest = bytes + ID_KEY_DIGEST;
    report->author_key_digest = bytes + AUTHOR_KEY_DIGEST;
    report->report_id = bytes + REPORT_ID;
    report->report_id_ma = bytes + REPORT_ID_MA;
    report->chip_id = bytes + CHIP_ID;
    report->current_tcb = bytes + CURRENT_TCB;
    report->reported_tcb = bytes + REPORTED_TCB;
    report->committed_tcb = bytes + COMMITTED_TCB;
    report->launch_tcb = bytes + LAUNCH_TCB;
}

enum sevl_result sevl_snp_report_read(struct sevl_snp_report *report, const uint8_t *bytes,
                                      size_t size)
{
    memset(report, 0, sizeof *report);
    if (size != SEVL_SNP_REPORT_SIZE)
        return SEVL_ERROR_LENGTH;
    uint32_t version = sevl_get32(bytes);
    if (version < 2 || version > 6 || !reserved_are_zero(bytes, version))
        return SEVL_ERROR_ENCODING;
    report->bytes = bytes;
    report->version = version;
    report->verdict = SEVL_ERROR_STATE;
    read_numbers(report, bytes);
    set_fields(report, bytes);
    return SEVL_OK;
}

/* Families and models, AMD 57230 and the models of Linux's arch/x86/kernel/cpu/amd.c. */
static const struct models {
    uint8_t family;
    uint8_t first;
    uint8_t last;
    uint8_t product;
} models[] = {
    {0x19, 0x00, 0x0f, SEVL_SNP_MILAN},
    {0x19, 0x10, 0x1f, SEVL_SNP_GENOA},
    {0x19, 0xa0, 0xaf, SEVL_SNP_GENOA}, /* Bergamo and Siena */
    {0x1a, 0x00, 0x1f, SEVL_SNP_TURIN},
};

enum sevl_result sevl_snp_report_product(const struct sevl_snp_report *report,
                                         enum sevl_snp_product *product)
{
    for (size_t i = 0; report->has_cpuid && i < sizeof models / sizeof *models; i++)
        if (report->cpuid_family == models[i].family && report->cpuid_model >= models[i].first &&
            report->cpuid_model <= models[i].last) {
            *product = (enum sevl_snp_product)models[i].product;
            return SEVL_OK;
        }
    return SEVL_ERROR_ABSENT;
}
