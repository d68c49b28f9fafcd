/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/report.h>
#include <string.h>

#include "base/bytes.h"
#include "support.h"

/* Offsets of AMD 56860, table "ATTESTATION_REPORT". */
#define KEY_INFO_AT 0x048
#define CPUID_AT 0x188
#define SIGNATURE_AT 0x2a0

/* Bytes that are reserved in versions below `until`. */
#define EVERY 7
static const struct span {
    size_t first;
    size_t end;
    uint32_t until;
} reserved[] = {
    {0x04c, 0x050, EVERY}, {0x188, 0x18b, 3},     {0x18b, 0x1a0, EVERY}, {0x1eb, 0x1ec, EVERY},
    {0x1ef, 0x1f0, EVERY}, {0x1f8, 0x208, 4},     {0x208, 0x220, EVERY}, {0x220, 0x280, 6},
    {0x280, 0x2a0, EVERY}, {0x2d0, 0x2e8, EVERY}, {0x318, 0x4a0, EVERY},
};

static bool is_reserved(size_t at, uint32_t version)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (at >= reserved[i].first && at < reserved[i].end && version < reserved[i].until)
            return true;
    return false;
}

/* Byte i is 3 i, and 0 where it is reserved. */
static void make_report(uint8_t *bytes, uint32_t version)
{
    for (size_t i = 0; i < SEVL_SNP_REPORT_SIZE; i++)
        bytes[i] = (uint8_t)(3 * i);
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (version < reserved[i].until)
            memset(bytes + reserved[i].first, 0, reserved[i].end - reserved[i].first);
    sevl_put32(bytes, version);
    sevl_put32(bytes + KEY_INFO_AT, 0);
}

/* Bytes that begin so, where each is 3 more than the one before. */
static uint64_t counted(size_t at, size_t size)
{
    uint64_t number = 0;
    for (size_t i = size; i > 0; i--)
        number = number << 8 | (uint8_t)(3 * (at + i - 1));
    return number;
}

static void assert_counted_numbers(const struct sevl_snp_report *report)
{
    assert_int_equal(report->guest_svn, counted(0x004, 4));
    assert_true(report->policy == counted(0x008, 8));
    assert_int_equal(report->vmpl, counted(0x030, 4));
    assert_true(report->platform_info == counted(0x040, 8));
    assert_int_equal(report->current_version.build, counted(0x1e8, 1));
    assert_int_equal(report->current_version.minor, counted(0x1e9, 1));
    assert_int_equal(report->current_version.major, counted(0x1ea, 1));
    assert_int_equal(report->committed_version.build, counted(0x1ec, 1));
    assert_int_equal(report->committed_version.minor, counted(0x1ed, 1));
    assert_int_equal(report->committed_version.major, counted(0x1ee, 1));
}

static void assert_fields(const struct sevl_snp_report *report, const uint8_t *bytes)
{
    assert_ptr_equal(report->bytes, bytes);
    assert_ptr_equal(report->family_id, bytes + 0x010);
    assert_ptr_equal(report->image_id, bytes + 0x020);
    assert_ptr_equal(report->current_tcb, bytes + 0x038);
    assert_ptr_equal(report->report_data, bytes + 0x050);
    assert_ptr_equal(report->measurement, bytes + 0x090);
    assert_ptr_equal(report->host_data, bytes + 0x0c0);
    assert_ptr_equal(report->id_key_digest, bytes + 0x0e0);
    assert_ptr_equal(report->author_key_digest, bytes + 0x110);
    assert_ptr_equal(report->report_id, bytes + 0x140);
    assert_ptr_equal(report->report_id_ma, bytes + 0x160);
    assert_ptr_equal(report->reported_tcb, bytes + 0x180);
    assert_ptr_equal(report->chip_id, bytes + 0x1a0);
    assert_ptr_equal(report->committed_tcb, bytes + 0x1e0);
    assert_ptr_equal(report->launch_tcb, bytes + 0x1f0);
}

/* Fields that came with a version. */
static void assert_newer(const struct sevl_snp_report *report)
{
    bool has_cpuid = report->version >= 3;
    bool has_mitigations = report->version >= 4;
    assert_int_equal(report->has_cpuid, has_cpuid);
    assert_int_equal(report->cpuid_family, has_cpuid ? counted(0x188, 1) : 0);
    assert_int_equal(report->cpuid_model, has_cpuid ? counted(0x189, 1) : 0);
    assert_int_equal(report->cpuid_stepping, has_cpuid ? counted(0x18a, 1) : 0);
    assert_true(report->launch_mitigations == (has_mitigations ? counted(0x1f8, 8) : 0));
    assert_true(report->current_mitigations == (has_mitigations ? counted(0x200, 8) : 0));
}

static void fields_are_where_amd_puts_them(void **state)
{
    (void)state;
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    struct sevl_snp_report report;
    for (uint32_t version = 2; version <= 6; version++) {
        make_report(bytes, version);
        memset(&report, 0xff, sizeof report);
        assert_int_equal(sevl_snp_report_read(&report, bytes, sizeof bytes), SEVL_OK);
        assert_int_equal(report.version, version);
        assert_counted_numbers(&report);
        assert_fields(&report, bytes);
        assert_newer(&report);
    }
}

static void key_info_tells_who_signed(void **state)
{
    (void)state;
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    struct sevl_snp_report report;
    make_report(bytes, 2);
    for (uint32_t info = 0; info < 32; info++) {
        sevl_put32(bytes + KEY_INFO_AT, info);
        assert_int_equal(sevl_snp_report_read(&report, bytes, sizeof bytes), SEVL_OK);
        assert_int_equal(report.has_author_key, info % 2);
        assert_int_equal(report.masks_chip_key, info / 2 % 2);
        assert_int_equal(report.signer, info / 4);
    }
}

static void assert_refused(const uint8_t *bytes, size_t size, enum sevl_result expected)
{
    struct sevl_snp_report report;
    memset(&report, 0xff, sizeof report);
    assert_int_equal(sevl_snp_report_read(&report, bytes, size), expected);
    assert_true(is_zero(&report, sizeof report));
}

static void reserved_bits_are_refused(void **state)
{
    (void)state;
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    for (uint32_t version = 2; version <= 6; version++) {
        make_report(bytes, version);
        for (size_t i = 0; i < sizeof bytes; i++) {
            if (!is_reserved(i, version))
                continue;
            for (int bit = 0; bit < 8; bit++) {
                bytes[i] = (uint8_t)(1 << bit);
                assert_refused(bytes, sizeof bytes, SEVL_ERROR_ENCODING);
            }
            bytes[i] = 0;
        }
        for (int bit = 5; bit < 32; bit++) {
            sevl_put32(bytes + KEY_INFO_AT, UINT32_C(1) << bit);
            assert_refused(bytes, sizeof bytes, SEVL_ERROR_ENCODING);
        }
    }
}

static void other_versions_and_sizes_are_refused(void **state)
{
    (void)state;
    static const uint32_t versions[] = {0, 1, 7, 0x102, 0x10002, 0x1000002, 0x80000002, UINT32_MAX};
    uint8_t bytes[SEVL_SNP_REPORT_SIZE + 1];
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        make_report(bytes, 2);
        sevl_put32(bytes, versions[i]);
        assert_refused(bytes, SEVL_SNP_REPORT_SIZE, SEVL_ERROR_ENCODING);
    }
    make_report(bytes, 2);
    bytes[SEVL_SNP_REPORT_SIZE] = 0;
    assert_refused(bytes, 0, SEVL_ERROR_LENGTH);
    assert_refused(bytes, SEVL_SNP_REPORT_SIZE - 1, SEVL_ERROR_LENGTH);
    assert_refused(bytes, SEVL_SNP_REPORT_SIZE + 1, SEVL_ERROR_LENGTH);
}

/* 0: none is known. */
static int product_of(uint32_t version, uint8_t family, uint8_t model)
{
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    struct sevl_snp_report report;
    enum sevl_snp_product product = SEVL_SNP_MILAN;
    make_report(bytes, version);
    bytes[CPUID_AT] = version < 3 ? 0 : family;
    bytes[CPUID_AT + 1] = version < 3 ? 0 : model;
    assert_int_equal(sevl_snp_report_read(&report, bytes, sizeof bytes), SEVL_OK);
    enum sevl_result result = sevl_snp_report_product(&report, &product);
    if (result == SEVL_OK)
        return (int)product;
    assert_int_equal(result, SEVL_ERROR_ABSENT);
    assert_int_equal(product, SEVL_SNP_MILAN);
    return 0;
}

static void products_are_told_by_family_and_model(void **state)
{
    (void)state;
    static const struct known_model {
        uint8_t family;
        uint8_t model;
        int product;
    } known[] = {
        {0x19, 0x00, SEVL_SNP_MILAN},
        {0x19, 0x01, SEVL_SNP_MILAN},
        {0x19, 0x0f, SEVL_SNP_MILAN},
        {0x19, 0x10, SEVL_SNP_GENOA},
        {0x19, 0x11, SEVL_SNP_GENOA},
        {0x19, 0x1f, SEVL_SNP_GENOA},
        {0x19, 0x20, 0},
        {0x19, 0x9f, 0},
        {0x19, 0xa0, SEVL_SNP_GENOA},
        {0x19, 0xaf, SEVL_SNP_GENOA},
        {0x19, 0xb0, 0},
        {0x1a, 0x00, SEVL_SNP_TURIN},
        {0x1a, 0x02, SEVL_SNP_TURIN},
        {0x1a, 0x11, SEVL_SNP_TURIN},
        {0x1a, 0x1f, SEVL_SNP_TURIN},
        {0x1a, 0x20, 0},
        {0x1a, 0x50, 0},
        {0x17, 0x31, 0},
        {0x18, 0x01, 0},
        {0x1b, 0x01, 0},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_int_equal(product_of(3, known[i].family, known[i].model), known[i].product);
        assert_int_equal(product_of(2, known[i].family, known[i].model), 0);
    }
}

static void assert_tcb(enum sevl_snp_product product, const uint8_t *bytes,
                       const struct sevl_snp_tcb *expected)
{
    struct sevl_snp_tcb tcb;
    memset(&tcb, 0xff, sizeof tcb);
    assert_int_equal(sevl_snp_tcb_read(&tcb, product, bytes), SEVL_OK);
    assert_memory_equal(&tcb, expected, sizeof tcb);
}

static void assert_unused(enum sevl_snp_product product, const uint8_t *bytes, size_t at)
{
    uint8_t changed[SEVL_SNP_TCB_SIZE];
    struct sevl_snp_tcb tcb;
    memcpy(changed, bytes, sizeof changed);
    changed[at] = 1;
    memset(&tcb, 0xff, sizeof tcb);
    assert_int_equal(sevl_snp_tcb_read(&tcb, product, changed), SEVL_ERROR_ENCODING);
    assert_true(is_zero(&tcb, sizeof tcb));
}

static void each_product_has_its_layout_of_a_tcb(void **state)
{
    (void)state;
    static const uint8_t milan[SEVL_SNP_TCB_SIZE] = {11, 12, 0, 0, 0, 0, 13, 14};
    static const uint8_t turin[SEVL_SNP_TCB_SIZE] = {10, 11, 12, 13, 0, 0, 0, 14};
    assert_tcb(SEVL_SNP_MILAN, milan, &(struct sevl_snp_tcb){0, 11, 12, 13, 14});
    assert_tcb(SEVL_SNP_GENOA, milan, &(struct sevl_snp_tcb){0, 11, 12, 13, 14});
    assert_tcb(SEVL_SNP_TURIN, turin, &(struct sevl_snp_tcb){10, 11, 12, 13, 14});
    for (size_t i = 2; i < 6; i++) {
        assert_unused(SEVL_SNP_MILAN, milan, i);
        assert_unused(SEVL_SNP_GENOA, milan, i);
    }
    for (size_t i = 4; i < 7; i++)
        assert_unused(SEVL_SNP_TURIN, turin, i);
}

static void each_part_of_a_tcb_is_compared(void **state)
{
    (void)state;
    const struct sevl_snp_tcb tcb = {10, 11, 12, 13, 14};
    assert_true(sevl_snp_tcb_equal(&tcb, &tcb));
    assert_true(sevl_snp_tcb_is_at_least(&tcb, &tcb));
    for (size_t i = 0; i < sizeof tcb; i++) {
        struct sevl_snp_tcb higher = tcb;
        ((uint8_t *)&higher)[i]++;
        assert_true(sevl_snp_tcb_is_at_least(&higher, &tcb));
        assert_false(sevl_snp_tcb_is_at_least(&tcb, &higher));
        assert_false(sevl_snp_tcb_equal(&tcb, &higher));
        assert_false(sevl_snp_tcb_equal(&higher, &tcb));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_where_amd_puts_them),
        cmocka_unit_test(key_info_tells_who_signed),
        cmocka_unit_test(reserved_bits_are_refused),
        cmocka_unit_test(other_versions_and_sizes_are_refused),
        cmocka_unit_test(products_are_told_by_family_and_model),
        cmocka_unit_test(each_product_has_its_layout_of_a_tcb),
        cmocka_unit_test(each_part_of_a_tcb_is_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
