/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* cli.snp_diagnosis has the mistakes, one by one; here is what no command can make. */
#include <sevlaunch/snp/diagnose.h>
#include <string.h>

#include "base/bytes.h"
#include "support.h"

#define PAGE 4096
#define ENTRY 12
#define ALL UINT32_MAX

/* A launch of one CPU, of firmware whose first pages are the same, with each kind of section. */
static uint8_t image[3 * PAGE];
static uint8_t sections[5 * ENTRY];
static uint8_t memory[PAGE];
static struct sevl_snp_firmware_variants variants;
static struct sevl_snp_reference_values reference;
static struct sevl_snp_reported reported;
static struct sevl_snp_findings findings;

static void put_section(size_t i, uint32_t base, uint32_t type)
{
    sevl_put32(sections + ENTRY * i, base);
    sevl_put32(sections + ENTRY * i + 4, PAGE);
    sevl_put32(sections + ENTRY * i + 8, type);
}

static enum sevl_result stream(const uint8_t *bytes, size_t size)
{
    struct sevl_snp_firmware firmware;
    enum sevl_result result = sevl_snp_firmware_variants_init(&variants, size);
    if (result == SEVL_OK)
        result = sevl_snp_firmware_init(&firmware, size);
    sevl_snp_firmware_collect(&firmware, &variants);
    if (result == SEVL_OK)
        result = sevl_snp_firmware_update(&firmware, bytes, size);
    return result == SEVL_OK ? sevl_snp_firmware_finish(&firmware, reference.guest.firmware)
                             : result;
}

static int make_launch(void **state)
{
    static const uint32_t types[] = {1, 2, 3, 4, 16};
    (void)state;
    fail_crypto_call(0);
    memset(image, 0xff, sizeof image);
    image[2 * PAGE] = 1;
    for (size_t i = 0; i < 5; i++)
        put_section(i, 0x800000 + (uint32_t)i * PAGE, types[i]);
    memset(&reference, 0, sizeof reference);
    assert_int_equal(stream(image, sizeof image), SEVL_OK);
    reference.firmware = &variants;
    reference.guest.firmware_size = sizeof image;
    reference.guest.metadata = (struct sevl_sev_metadata){sections, 5, 0};
    reference.guest.hash_table = (struct sevl_ovmf_area){0x804c00, 0x400};
    reference.guest.has_kernel = true;
    reference.guest.cpus = 2;
    reference.guest.reset_address = 0x80b004;
    reference.guest.cpu = (struct sevl_cpu){.signature = 0x00a00f11,
                                            .vmm = SEVL_VMM_QEMU,
                                            .fpu = SEVL_FPU_INIT2,
                                            .sev_features = 1};
    assert_int_equal(sevl_cmdline_init(&reference.cmdline), SEVL_OK);
    assert_int_equal(sevl_cmdline_update(&reference.cmdline, "quiet ", 6), SEVL_OK);
    assert_int_equal(sevl_cmdline_hash(&reference.cmdline, reference.guest.kernel.cmdline),
                     SEVL_OK);
    memset(&reported, 0x5a, sizeof reported);
    reported.signature = 0;
    return 0;
}

static enum sevl_result diagnose(uint32_t budget)
{
    const struct sevl_scratch scratch = {memory, sizeof memory};
    memset(&findings, 0xee, sizeof findings);
    return sevl_snp_diagnose(&reference, &reported, scratch, budget, &findings);
}

static uint32_t all_groups(void)
{
    assert_int_equal(diagnose(ALL), SEVL_ERROR_ABSENT);
    assert_int_equal(findings.count, 0);
    assert_int_equal(findings.skipped, 0);
    return findings.tried;
}

/* The bits are those of the groups that a launch has. */
static void a_launch_tells_what_is_tried_of_it(void **state)
{
    (void)state;
    const uint32_t store = UINT32_C(1) << SEVL_SNP_TRIED_VARIABLE_STORE;
    const uint32_t every = (UINT32_C(1) << (SEVL_SNP_TRIED_CPU_COMBINATIONS + 1)) - 1;
    assert_int_equal(all_groups(), every & ~store);
    reference.firmware = NULL;
    reference.guest.has_kernel = false;
    reference.guest.metadata.count = 3;
    reference.guest.reset_address = 0;
    reference.guest.cpus = 1;
    assert_int_equal(all_groups(), 1 << SEVL_SNP_TRIED_SEV_FEATURES | 1 << SEVL_SNP_TRIED_FPU |
                                       1 << SEVL_SNP_TRIED_CPU_SIGNATURE | 1 << SEVL_SNP_TRIED_VMM |
                                       1 << SEVL_SNP_TRIED_WITH_STATE |
                                       1 << SEVL_SNP_TRIED_CPU_COMBINATIONS);
}

/* It is used in the order of the bits; whatever it is, what was tried and what not is told. */
static void a_budget_ends_the_search(void **state)
{
    (void)state;
    const uint32_t all = all_groups();
    uint32_t budget = 0;
    for (uint32_t tried = 0; tried != all; budget += 1 + budget / 4) {
        assert_int_equal(diagnose(budget), SEVL_ERROR_ABSENT);
        assert_true(sevl_snp_findings_are_valid(&findings));
        assert_int_equal(findings.tried | findings.skipped, all);
        assert_true((findings.tried & tried) == tried);
        assert_true(findings.skipped == 0 ||
                    findings.tried < (findings.skipped & (~findings.skipped + 1)));
        tried = findings.tried;
    }
    assert_in_range(budget, 100000, 1000000);
}

/* Measurements that only one mistake explains. */
static void report_cpus(uint32_t cpus)
{
    const struct sevl_scratch scratch = {memory, sizeof memory};
    struct sevl_snp_guest guest = reference.guest;
    guest.cpus = cpus;
    assert_int_equal(sevl_snp_launch_digest(&guest, scratch, reported.measurement), SEVL_OK);
}

static void what_is_found_is_all_that_is_told(void **state)
{
    (void)state;
    report_cpus(77);
    assert_int_equal(diagnose(ALL), SEVL_OK);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.finding[0].mistake, SEVL_SNP_MISTAKE_CPUS);
    assert_int_equal(findings.finding[0].value, 77);
    assert_int_equal(findings.tried | findings.skipped, 0);
}

/* What RDX holds is no mistake of the guest that has it anyway. */
static void libkrun_starts_cpus_with_0(void **state)
{
    (void)state;
    struct sevl_cpu *cpu = &reference.guest.cpu;
    *cpu = (struct sevl_cpu){0x600, SEVL_VMM_KRUN, SEVL_FPU_LEGACY, 1, true};
    report_cpus(2);
    cpu->has_own_rdx = false;
    assert_int_equal(diagnose(ALL), SEVL_OK);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.finding[0].mistake, SEVL_SNP_MISTAKE_CPU_SIGNATURE);
    assert_int_equal(findings.finding[0].value, 0x600);
}

static void a_guest_that_has_no_digest_has_no_diagnosis(void **state)
{
    (void)state;
    const struct sevl_snp_guest guest = reference.guest;
    reference.guest.cpus = 0;
    assert_int_equal(diagnose(ALL), SEVL_ERROR_STATE);
    assert_true(is_zero(&findings, sizeof findings));
    reference.guest.cpus = SEVL_CPUS_MAX + 1;
    assert_int_equal(diagnose(ALL), SEVL_ERROR_STATE);
    reference.guest = guest;
    reference.guest.firmware_size = 1;
    assert_int_equal(diagnose(ALL), SEVL_ERROR_STATE);
    reference.guest = guest;
    reference.guest.hash_table.size = 0;
    assert_int_equal(diagnose(ALL), SEVL_ERROR_STATE);
    reference.guest = guest;
    put_section(1, 0x801000, 99);
    assert_int_equal(diagnose(ALL), SEVL_ERROR_STATE);
}

static void a_search_needs_scratch(void **state)
{
    (void)state;
    struct sevl_scratch scratch = {memory, SEVL_SNP_DIAGNOSE_SCRATCH_MIN - 1};
    assert_int_equal(sevl_snp_diagnose(&reference, &reported, scratch, ALL, &findings),
                     SEVL_ERROR_LENGTH);
    scratch.size = 0;
    assert_int_equal(sevl_snp_diagnose(&reference, &reported, scratch, ALL, &findings),
                     SEVL_ERROR_STATE);
}

/* Of the first calls each fails, of the others one in `step`. */
static void assert_failures_are_told(int first, int step)
{
    fail_crypto_call(0);
    (void)all_groups();
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n += n < first ? 1 : step) {
        fail_crypto_call(n);
        assert_int_equal(diagnose(ALL), SEVL_ERROR_CRYPTO);
        assert_int_equal(findings.count, 0);
        assert_int_equal(findings.tried | findings.skipped, 0);
        assert_int_equal(crypto_calls(), n);
    }
}

static void a_failure_is_told(void **state)
{
    (void)state;
    assert_failures_are_told(0, 199999);
    reference.firmware = NULL;
    reference.guest.reset_address = 0;
    reference.guest.cpus = 1;
    assert_int_equal(sevl_cmdline_init(&reference.cmdline), SEVL_OK);
    assert_failures_are_told(0, 4999);
    reference.cmdline.head.state = 0;
    assert_failures_are_told(2000, 11);
}

/* Images. */

static void a_failure_while_variants_are_collected_is_told(void **state)
{
    (void)state;
    fail_crypto_call(0);
    assert_int_equal(stream(image, sizeof image), SEVL_OK);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(stream(image, sizeof image), SEVL_ERROR_CRYPTO);
        assert_int_equal(crypto_calls(), n);
    }
}

static void sizes_that_no_image_has_are_refused(void **state)
{
    (void)state;
    static const uint64_t wrong[] = {0, 1, PAGE + 1, (UINT64_C(1) << 32) + PAGE};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(sevl_snp_firmware_variants_init(&variants, wrong[i]), SEVL_ERROR_LENGTH);
}

static uint32_t bytes_of(enum sevl_snp_firmware_change change, size_t nth)
{
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS; i++)
        if (variants.variant[i].change == change && nth-- == 0)
            return variants.variant[i].bytes;
    return UINT32_MAX;
}

/* What fills an image up, if it has room for more. */
static void fill_depends_on_the_size(void **state)
{
    (void)state;
    static const struct {
        uint64_t size;
        uint32_t multiple, power;
    } known[] = {
        {0x1000, 0xf000, 0},         {0x10000, 0, 0},
        {0x11000, 0xf000, 0},        {0x21000, 0xf000, 0x1f000},
        {0x37c000, 0x4000, 0x84000}, {0x400000, 0, 0},
        {0xff1000, 0xf000, 0},       {0x1000000, 0, 0},
        {0x1001000, 0, 0},           {UINT64_C(1) << 32, 0, 0},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_int_equal(sevl_snp_firmware_variants_init(&variants, known[i].size), SEVL_OK);
        for (int c = SEVL_SNP_FIRMWARE_ZERO_FILL; c <= SEVL_SNP_FIRMWARE_ERASED_FILL; c++) {
            assert_int_equal(bytes_of((enum sevl_snp_firmware_change)c, 0), known[i].multiple);
            assert_int_equal(bytes_of((enum sevl_snp_firmware_change)c, 1), known[i].power);
        }
        assert_int_equal(bytes_of(SEVL_SNP_FIRMWARE_NO_STORE, 0),
                         known[i].size > 0x20000 ? 0x20000 : 0);
        assert_int_equal(bytes_of(SEVL_SNP_FIRMWARE_NO_STORE, 1),
                         known[i].size > 0x84000 ? 0x84000 : 0);
    }
}

static const uint8_t *digest_of(enum sevl_snp_firmware_change change)
{
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS; i++)
        if (variants.variant[i].change == change && variants.variant[i].bytes > 0)
            return variants.variant[i].digest;
    return NULL;
}

/* After 13 pages of a byte, or without the first two. */
static void variants_are_those_of_their_images(void **state)
{
    static uint8_t filled[16 * PAGE];
    (void)state;
    struct sevl_snp_firmware_variants found = variants;
    memcpy(filled + 13 * PAGE, image, sizeof image);
    assert_int_equal(stream(filled, sizeof filled), SEVL_OK);
    variants = found;
    assert_memory_equal(digest_of(SEVL_SNP_FIRMWARE_ZERO_FILL), reference.guest.firmware, 48);
    memset(filled, 0xff, 13 * PAGE);
    assert_int_equal(stream(filled, sizeof filled), SEVL_OK);
    variants = found;
    assert_memory_equal(digest_of(SEVL_SNP_FIRMWARE_ERASED_FILL), reference.guest.firmware, 48);
    assert_int_equal(stream(image + 2 * PAGE, PAGE), SEVL_OK);
    variants = found;
    assert_memory_equal(digest_of(SEVL_SNP_FIRMWARE_NO_FILL), reference.guest.firmware, 48);
}

/* Its store of variables has 128 KiB, the rest two pages. */
static void an_image_without_its_store_is_a_variant(void **state)
{
    static uint8_t whole[0x22000];
    (void)state;
    memset(whole, 0x11, 0x20000);
    whole[0x21000] = 1;
    assert_int_equal(stream(whole, sizeof whole), SEVL_OK);
    struct sevl_snp_firmware_variants found = variants;
    assert_int_equal(stream(whole + 0x20000, 2 * PAGE), SEVL_OK);
    variants = found;
    assert_memory_equal(digest_of(SEVL_SNP_FIRMWARE_NO_STORE), reference.guest.firmware, 48);
}

/* It is of two pages or more that are the same. */
static void fill_is_counted(void **state)
{
    (void)state;
    assert_int_equal(bytes_of(SEVL_SNP_FIRMWARE_NO_FILL, 0), 2 * PAGE);
    image[PAGE] = 0;
    assert_int_equal(stream(image, sizeof image), SEVL_OK);
    assert_int_equal(bytes_of(SEVL_SNP_FIRMWARE_NO_FILL, 0), 0);
    memset(image, 0, sizeof image);
    assert_int_equal(stream(image, sizeof image), SEVL_OK);
    assert_int_equal(bytes_of(SEVL_SNP_FIRMWARE_NO_FILL, 0), 3 * PAGE);
    reference.firmware = &variants;
    assert_int_equal(all_groups() >> SEVL_SNP_TRIED_FILL & 1, 0);
}

/* Where the guest's memory is, there is no firmware. */
static void a_filled_image_stays_off_memory(void **state)
{
    (void)state;
    const uint32_t filled = UINT32_C(1) << SEVL_SNP_TRIED_FILLED;
    put_section(0, 0xffff0000 - PAGE, 1);
    assert_int_equal(all_groups() & filled, filled);
    put_section(0, 0xffff0000, 1);
    assert_int_equal(all_groups() & filled, 0);
}

static void findings_with_a_broken_member_are_not_valid(void **state)
{
    (void)state;
    struct sevl_snp_findings broken = {.count = SEVL_SNP_FINDINGS_MAX + 1};
    assert_false(sevl_snp_findings_are_valid(&broken));
    broken = (struct sevl_snp_findings){.tried = 3, .skipped = 2};
    assert_false(sevl_snp_findings_are_valid(&broken));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_launch_tells_what_is_tried_of_it, make_launch),
        cmocka_unit_test_setup(a_budget_ends_the_search, make_launch),
        cmocka_unit_test_setup(what_is_found_is_all_that_is_told, make_launch),
        cmocka_unit_test_setup(libkrun_starts_cpus_with_0, make_launch),
        cmocka_unit_test_setup(a_guest_that_has_no_digest_has_no_diagnosis, make_launch),
        cmocka_unit_test_setup(a_search_needs_scratch, make_launch),
        cmocka_unit_test_setup(a_failure_is_told, make_launch),
        cmocka_unit_test_setup(a_failure_while_variants_are_collected_is_told, make_launch),
        cmocka_unit_test_setup(sizes_that_no_image_has_are_refused, make_launch),
        cmocka_unit_test_setup(fill_depends_on_the_size, make_launch),
        cmocka_unit_test_setup(variants_are_those_of_their_images, make_launch),
        cmocka_unit_test_setup(an_image_without_its_store_is_a_variant, make_launch),
        cmocka_unit_test_setup(fill_is_counted, make_launch),
        cmocka_unit_test_setup(a_filled_image_stays_off_memory, make_launch),
        cmocka_unit_test(findings_with_a_broken_member_are_not_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
