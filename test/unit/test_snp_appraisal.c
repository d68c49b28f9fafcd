/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/appraisal.h>
#include <string.h>

#include "amd_whole.h"
#include "support.h"

#define ALWAYS SEVL_SNP_CHECKS_ALWAYS
#define BIT(check) SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_##check)

/* A report that counts as verified, its key, and expectations that it meets, all of them. */
struct appraised {
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    struct sevl_snp_report report;
    struct sevl_snp_key key;
    uint8_t measurements[3][SEVL_SNP_LAUNCH_DIGEST_SIZE];
    struct sevl_snp_expectations expectations;
    struct sevl_snp_appraisal appraisal;
};

#define VERSION_5 3

static void set_report(struct appraised *a, const struct known_amd *amd)
{
    memset(a, 0, sizeof *a);
    memcpy(a->bytes, amd->reports[VERSION_5], sizeof a->bytes);
    assert_int_equal(sevl_snp_report_read(&a->report, a->bytes, sizeof a->bytes), SEVL_OK);
    a->report.verdict = SEVL_MATCH;
    a->report.has_author_key = true;
    a->key.kind = SEVL_SNP_VCEK;
    a->key.product = amd->product;
    a->key.validity = (struct sevl_snp_validity){1000, 2000};
    memcpy(a->key.id, amd->chip_id, sizeof a->key.id);
    a->key.id_size = (uint8_t)amd->chip_id_size;
}

/* The provider's id is one of a VLEK alone. */
static void expect_all(struct appraised *a, const struct known_amd *amd)
{
    struct sevl_snp_expectations *expectations = &a->expectations;
    expectations->expected = (BIT(FIRMWARE) * 2 - 1) & ~BIT(PROVIDER_ID);
    expectations->time = 1500;
    memcpy(a->measurements[1], a->report.measurement, sizeof a->measurements[1]);
    expectations->measurements = (const uint8_t(*)[SEVL_SNP_LAUNCH_DIGEST_SIZE])a->measurements;
    expectations->measurement_count = 3;
    memcpy(expectations->report_data, a->report.report_data, 64);
    memcpy(expectations->host_data, a->report.host_data, 32);
    memcpy(expectations->id_key_digest, a->report.id_key_digest, 48);
    memcpy(expectations->author_key_digest, a->report.author_key_digest, 48);
    memcpy(expectations->family_id, a->report.family_id, 16);
    memcpy(expectations->image_id, a->report.image_id, 16);
    expectations->guest_svn_min = a->report.guest_svn;
    memcpy(expectations->chip_id, a->report.chip_id, 64);
    expectations->policy = (struct sevl_snp_bits){SEVL_SNP_POLICY_SMT, SEVL_SNP_POLICY_CXL_ALLOW};
    expectations->platform = (struct sevl_snp_bits){SEVL_SNP_PLATFORM_ECC, SEVL_SNP_PLATFORM_TSME};
    expectations->tcb_min = amd->tcb;
    expectations->firmware_min = a->report.committed_version;
}

static struct appraised right(const struct known_amd *amd)
{
    struct appraised a;
    set_report(&a, amd);
    expect_all(&a, amd);
    return a;
}

/* The copy's pointers lead to itself. */
static enum sevl_result appraise(struct appraised *a)
{
    struct sevl_snp_report report;
    assert_int_equal(sevl_snp_report_read(&report, a->bytes, sizeof a->bytes), SEVL_OK);
    report.verdict = a->report.verdict;
    report.has_author_key = a->report.has_author_key;
    a->expectations.measurements = (const uint8_t(*)[SEVL_SNP_LAUNCH_DIGEST_SIZE])a->measurements;
    memset(&a->appraisal, 0xff, sizeof a->appraisal);
    return sevl_snp_appraise(&report, &a->key, &a->expectations, &a->appraisal);
}

/* Those checks are made, and the failing ones among them fail. */
static void assert_states(struct appraised *a, uint32_t made, uint32_t failing)
{
    for (unsigned i = 0; i < SEVL_SNP_CHECKS; i++) {
        enum sevl_snp_check_state expected = SEVL_SNP_NOT_MADE;
        if ((made & SEVL_SNP_CHECK_BIT(i)) != 0)
            expected = (failing & SEVL_SNP_CHECK_BIT(i)) != 0 ? SEVL_SNP_FAILED : SEVL_SNP_PASSED;
        assert_int_equal(a->appraisal.state[i], expected);
    }
}

static void assert_fails(struct appraised *a, uint32_t failing)
{
    assert_int_equal(appraise(a), SEVL_MISMATCH);
    assert_states(a, ALWAYS | a->expectations.expected, failing);
}

static void all_that_is_expected_is_checked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof amds / sizeof *amds; i++) {
        struct appraised a = right(&amds[i]);
        assert_int_equal(appraise(&a), SEVL_MATCH);
        assert_states(&a, a.expectations.expected, 0);
    }
}

static void no_measurement_is_no_match(void **state)
{
    (void)state;
    struct appraised a;
    set_report(&a, &amds[0]);
    assert_int_equal(appraise(&a), SEVL_MISMATCH);
    assert_states(&a, ALWAYS, 0);
    a.expectations.without_measurement = true;
    assert_int_equal(appraise(&a), SEVL_MATCH);
    assert_states(&a, ALWAYS, 0);
    a.expectations.expected = BIT(MEASUREMENT);
    assert_fails(&a, BIT(MEASUREMENT));
}

/* The right one is the second. */
static void those_that_are_counted_are_compared(void **state)
{
    (void)state;
    struct appraised a = right(&amds[0]);
    a.expectations.measurement_count = 1;
    assert_fails(&a, BIT(MEASUREMENT));
}

static void a_report_that_is_not_verified_is_not_appraised(void **state)
{
    (void)state;
    static const enum sevl_result verdicts[] = {SEVL_OK, SEVL_MISMATCH, SEVL_ERROR_STATE,
                                                SEVL_ERROR_CRYPTO, SEVL_UNTRUSTED};
    struct appraised a = right(&amds[0]);
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        a.report.verdict = verdicts[i];
        assert_int_equal(appraise(&a), SEVL_ERROR_STATE);
        assert_states(&a, 0, 0);
    }
}

/* A byte of what is expected, and the check that fails when it is another one. */
#define OF(member) offsetof(struct appraised, member)
static const struct change {
    size_t first;
    size_t size;
    uint32_t failing;
} changes[] = {
    {OF(measurements[1]), 48, BIT(MEASUREMENT)},
    {OF(expectations.report_data), 64, BIT(REPORT_DATA)},
    {OF(expectations.host_data), 32, BIT(HOST_DATA)},
    {OF(expectations.id_key_digest), 48, BIT(ID_KEY_DIGEST)},
    {OF(expectations.author_key_digest), 48, BIT(AUTHOR_KEY_DIGEST)},
    {OF(expectations.family_id), 16, BIT(FAMILY_ID)},
    {OF(expectations.image_id), 16, BIT(IMAGE_ID)},
    {OF(expectations.chip_id), 64, BIT(CHIP_ID)},
    {OF(expectations.vmpl), 4, BIT(VMPL)},
};

static void every_byte_that_is_expected_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        for (size_t at = 0; at < changes[i].size; at++) {
            struct appraised a = right(&amds[0]);
            ((uint8_t *)&a)[changes[i].first + at] ^= (uint8_t)(1 << at % 8);
            assert_fails(&a, changes[i].failing);
        }
}

static void dates_count(void **state)
{
    (void)state;
    struct appraised a = right(&amds[0]);
    static const uint64_t times[] = {999, 2001};
    for (size_t i = 0; i < 2; i++) {
        a.expectations.time = times[i];
        assert_fails(&a, BIT(DATES));
    }
}

static void version_6_is_on_request(void **state)
{
    (void)state;
    struct appraised a = right(&amds[0]);
    a.bytes[0] = 6;
    assert_fails(&a, BIT(VERSION));
    a.expectations.allows_version_6 = true;
    assert_int_equal(appraise(&a), SEVL_MATCH);
    for (uint8_t version = 3; version < 6; version++) {
        a.bytes[0] = version;
        assert_int_equal(appraise(&a), SEVL_MATCH);
    }
}

static void an_author_key_counts_where_there_is_one(void **state)
{
    (void)state;
    struct appraised a = right(&amds[0]);
    a.report.has_author_key = false;
    assert_fails(&a, BIT(AUTHOR_KEY_DIGEST));
}

static void numbers_are_minima(void **state)
{
    (void)state;
    struct appraised a = right(&amds[0]);
    a.expectations.guest_svn_min++;
    assert_fails(&a, BIT(GUEST_SVN));
    a.expectations.guest_svn_min -= 2;
    assert_int_equal(appraise(&a), SEVL_MATCH);
    static const int steps[][4] = {{0, 0, 1, 1},  {0, 1, 0, 1},  {1, 0, 0, 1},
                                   {9, 0, -1, 0}, {9, -1, 0, 0}, {9, 9, -1, 0}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        a = right(&amds[0]);
        struct sevl_snp_firmware_version *minimum = &a.expectations.firmware_min;
        minimum->build = (uint8_t)(minimum->build + steps[i][0]);
        minimum->minor = (uint8_t)(minimum->minor + steps[i][1]);
        minimum->major = (uint8_t)(minimum->major + steps[i][2]);
        if (steps[i][3] == 0)
            assert_int_equal(appraise(&a), SEVL_MATCH);
        else
            assert_fails(&a, BIT(FIRMWARE));
    }
}

static void put_policy(struct appraised *a, uint64_t policy)
{
    for (size_t i = 0; i < 8; i++)
        a->bytes[8 + i] = (uint8_t)(policy >> 8 * i);
}

static void policies_have_their_form(void **state)
{
    (void)state;
    struct appraised a = right(&amds[0]);
    put_policy(&a, 0x10000);
    assert_fails(&a, BIT(POLICY_FORM));
    for (unsigned bit = 0; bit < 64; bit++) {
        if (bit == 18 || bit == 19 || bit == 21)
            continue;
        put_policy(&a, 0x30000 | UINT64_C(1) << bit);
        if (bit < 26)
            assert_int_equal(appraise(&a), SEVL_MATCH);
        else
            assert_fails(&a, BIT(POLICY_FORM));
    }
}

static void debugging_and_migration_are_refused(void **state)
{
    (void)state;
    struct appraised a = right(&amds[0]);
    put_policy(&a, 0x30000 | SEVL_SNP_POLICY_DEBUG);
    assert_fails(&a, BIT(POLICY_DEBUG));
    a.expectations.allows_debug = true;
    assert_int_equal(appraise(&a), SEVL_MATCH);
    put_policy(&a, 0x30000 | SEVL_SNP_POLICY_MIGRATE_MA);
    assert_fails(&a, BIT(POLICY_MIGRATION));
    a.expectations.allows_migration = true;
    assert_int_equal(appraise(&a), SEVL_MATCH);
}

static void bits_are_required_or_refused(void **state)
{
    (void)state;
    struct appraised a = right(&amds[0]);
    put_policy(&a, 0x20000);
    assert_fails(&a, BIT(POLICY_BITS));
    put_policy(&a, 0x30000 | SEVL_SNP_POLICY_CXL_ALLOW);
    assert_fails(&a, BIT(POLICY_BITS));
    a = right(&amds[0]);
    a.bytes[0x40] ^= SEVL_SNP_PLATFORM_ECC;
    assert_fails(&a, BIT(PLATFORM_BITS));
    a = right(&amds[0]);
    a.bytes[0x40] ^= SEVL_SNP_PLATFORM_TSME;
    assert_fails(&a, BIT(PLATFORM_BITS));
}

static const struct place {
    size_t at;
    uint32_t check;
} tcbs[] = {{0x180, BIT(REPORTED_TCB)},
            {0x1e0, BIT(COMMITTED_TCB)},
            {0x1f0, BIT(LAUNCH_TCB)},
            {0x038, BIT(CURRENT_TCB)}};

/* Of Milan and Turin. */
static const uint8_t parts[2][5] = {{0, 1, 6, 7}, {0, 1, 2, 3, 7}};

static void no_part_of_a_tcb_is_below_the_minimum(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++)
        for (size_t part = 0; part < 4 + i; part++)
            for (size_t k = 0; k < 4; k++) {
                struct appraised a = right(&amds[2 * i]);
                uint8_t *byte = &a.bytes[tcbs[k].at + parts[i][part]];
                (*byte)--;
                uint32_t order = tcbs[k].check & (BIT(COMMITTED_TCB) | BIT(CURRENT_TCB));
                assert_fails(&a, tcbs[k].check | (order == 0 ? 0 : BIT(TCB_ORDER)));
                *byte = (uint8_t)(*byte + 2);
                if (order == BIT(COMMITTED_TCB) || tcbs[k].check == BIT(REPORTED_TCB))
                    assert_fails(&a, BIT(TCB_ORDER));
                else
                    assert_int_equal(appraise(&a), SEVL_MATCH);
            }
}

static void bytes_of_a_tcb_without_meaning_are_refused(void **state)
{
    (void)state;
    for (size_t k = 0; k < 4; k++) {
        struct appraised a = right(&amds[0]);
        a.bytes[tcbs[k].at + 3] = 1;
        assert_fails(&a, tcbs[k].check | (tcbs[k].check == BIT(LAUNCH_TCB) ? 0 : BIT(TCB_ORDER)));
    }
}

static void a_chip_is_that_of_a_vcek(void **state)
{
    (void)state;
    struct appraised a = right(&amds[0]);
    a.key.kind = SEVL_SNP_VLEK;
    assert_fails(&a, BIT(CHIP_ID));
}

static void a_provider_is_that_of_a_vlek(void **state)
{
    (void)state;
    static const uint8_t name[] = {'C', 'N', '=', 'x', 'y'};
    struct appraised a;
    set_report(&a, &amds[0]);
    a.expectations.without_measurement = true;
    a.expectations.expected = BIT(PROVIDER_ID);
    a.expectations.provider_id = (struct sevl_bytes){name, sizeof name};
    a.key.kind = SEVL_SNP_VLEK;
    a.key.id_size = sizeof name;
    memcpy(a.key.id, name, sizeof name);
    assert_int_equal(appraise(&a), SEVL_MATCH);
    a.expectations.provider_id.size--;
    assert_fails(&a, BIT(PROVIDER_ID));
    a.expectations.provider_id.size++;
    a.key.id[4] ^= 1;
    assert_fails(&a, BIT(PROVIDER_ID));
    a.key.id[4] ^= 1;
    a.key.kind = SEVL_SNP_VCEK;
    assert_fails(&a, BIT(PROVIDER_ID));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_is_expected_is_checked),
        cmocka_unit_test(no_measurement_is_no_match),
        cmocka_unit_test(those_that_are_counted_are_compared),
        cmocka_unit_test(a_report_that_is_not_verified_is_not_appraised),
        cmocka_unit_test(every_byte_that_is_expected_counts),
        cmocka_unit_test(dates_count),
        cmocka_unit_test(version_6_is_on_request),
        cmocka_unit_test(an_author_key_counts_where_there_is_one),
        cmocka_unit_test(numbers_are_minima),
        cmocka_unit_test(policies_have_their_form),
        cmocka_unit_test(debugging_and_migration_are_refused),
        cmocka_unit_test(bits_are_required_or_refused),
        cmocka_unit_test(no_part_of_a_tcb_is_below_the_minimum),
        cmocka_unit_test(bytes_of_a_tcb_without_meaning_are_refused),
        cmocka_unit_test(a_chip_is_that_of_a_vcek),
        cmocka_unit_test(a_provider_is_that_of_a_vlek),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
