/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/platform_report.h>
#include <string.h>

#include "known_platform.h"
#include "support.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define USAGE 52
#define SIGNATURE 64

static struct sevl_sev_chain_memory memory;

/* With a byte more, which no report has. */
static uint8_t bytes[SEVL_SEV_PLATFORM_REPORT_SIZE + 1];

static enum sevl_result read_report(struct sevl_sev_platform_report *report, size_t size)
{
    memset(report, 0xff, sizeof *report);
    enum sevl_result result = sevl_sev_platform_report_read(report, bytes, size);
    if (result != SEVL_OK)
        assert_true(is_zero(report, sizeof *report));
    return result;
}

static struct sevl_sev_platform_report read_right(size_t platform)
{
    struct sevl_sev_platform_report report;
    memcpy(bytes, platforms[platform].report, SEVL_SEV_PLATFORM_REPORT_SIZE);
    assert_int_equal(read_report(&report, SEVL_SEV_PLATFORM_REPORT_SIZE), SEVL_OK);
    return report;
}

/* As sevl_sev_pek_verify() gives it. */
static struct sevl_sev_key pek_of(size_t platform)
{
    struct sevl_sev_key pek = {SEVL_MATCH, SEVL_SEV_PEK, {0}};
    memcpy(pek.key, platforms[platform].keys[SEVL_SEV_PEK - SEVL_SEV_CEK], sizeof pek.key);
    return pek;
}

static enum sevl_result verify(struct sevl_sev_platform_report *report,
                               const struct sevl_sev_key *pek)
{
    memset(&memory, 0x5a, sizeof memory);
    report->verdict = SEVL_MATCH;
    enum sevl_result result = sevl_sev_platform_report_verify(report, pek, &memory);
    assert_int_equal(report->verdict, result);
    return result;
}

static void a_report_is_read(void **state)
{
    (void)state;
    const struct sevl_sev_platform_report report = read_right(0);
    assert_ptr_equal(report.bytes, bytes);
    assert_int_equal(report.policy, 0x16000005);
    assert_int_equal(report.verdict, SEVL_ERROR_STATE);
    for (size_t i = 0; i < SEVL_MNONCE_SIZE; i++)
        assert_int_equal(report.mnonce[i], 1 + i);
    for (size_t i = 0; i < SEVL_LAUNCH_DIGEST_SIZE; i++)
        assert_int_equal(report.launch_digest[i], 100 + i);
}

static void a_report_has_one_size(void **state)
{
    (void)state;
    struct sevl_sev_platform_report report = read_right(0);
    for (size_t size = 0; size <= sizeof bytes; size++)
        if (size != SEVL_SEV_PLATFORM_REPORT_SIZE)
            assert_int_equal(read_report(&report, size), SEVL_ERROR_LENGTH);
}

static void the_pek_signs_reports(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(platforms); i++) {
        struct sevl_sev_platform_report report = read_right(i);
        const struct sevl_sev_key pek = pek_of(i);
        assert_int_equal(verify(&report, &pek), SEVL_MATCH);
    }
}

/* What is signed, and the digits of the signature, have any form. */
static bool has_any_form(size_t at)
{
    if (at < SIGNATURE)
        return at < USAGE;
    return (at - SIGNATURE) % 72 < 48;
}

static void every_bit_of_a_report_counts(void **state)
{
    (void)state;
    struct sevl_sev_platform_report report = read_right(0);
    const struct sevl_sev_key pek = pek_of(0);
    for (size_t bit = 0; bit < 8 * (size_t)SEVL_SEV_PLATFORM_REPORT_SIZE; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (has_any_form(bit / 8)) {
            assert_int_equal(read_report(&report, SEVL_SEV_PLATFORM_REPORT_SIZE), SEVL_OK);
            assert_int_equal(verify(&report, &pek), SEVL_MISMATCH);
        } else
            assert_int_equal(read_report(&report, SEVL_SEV_PLATFORM_REPORT_SIZE),
                             SEVL_ERROR_ENCODING);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void a_pek_was_verified(void **state)
{
    (void)state;
    static const enum sevl_result verdicts[] = {(enum sevl_result)0, SEVL_OK, SEVL_MISMATCH};
    struct sevl_sev_platform_report report = read_right(0);
    for (size_t i = 0; i < COUNT(verdicts); i++) {
        struct sevl_sev_key pek = pek_of(0);
        pek.verdict = verdicts[i];
        assert_int_equal(verify(&report, &pek), SEVL_ERROR_STATE);
    }
    for (int kind = SEVL_SEV_ARK; kind <= SEVL_SEV_PDH; kind++) {
        struct sevl_sev_key key = pek_of(0);
        key.kind = (enum sevl_sev_certificate_kind)kind;
        assert_int_equal(verify(&report, &key),
                         kind == SEVL_SEV_PEK ? SEVL_MATCH : SEVL_ERROR_STATE);
    }
}

static void a_report_was_read(void **state)
{
    (void)state;
    struct sevl_sev_platform_report report;
    const struct sevl_sev_key pek = pek_of(0);
    assert_int_equal(read_report(&report, 0), SEVL_ERROR_LENGTH);
    assert_int_equal(verify(&report, &pek), SEVL_ERROR_STATE);
}

static void another_key_signed_it_not(void **state)
{
    (void)state;
    struct sevl_sev_platform_report report = read_right(0);
    struct sevl_sev_key pek = pek_of(0);
    memcpy(pek.key, platforms[0].keys[0], sizeof pek.key);
    assert_int_equal(verify(&report, &pek), SEVL_MISMATCH);
    pek.key[0] ^= 1;
    assert_int_equal(verify(&report, &pek), SEVL_ERROR_ENCODING);
}

static void a_hash_that_fails_is_no_verdict(void **state)
{
    (void)state;
    struct sevl_sev_platform_report report = read_right(0);
    const struct sevl_sev_key pek = pek_of(0);
    fail_crypto_call(0);
    assert_int_equal(verify(&report, &pek), SEVL_MATCH);
    int calls = crypto_calls();
    assert_true(calls > 0);
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(verify(&report, &pek), SEVL_ERROR_CRYPTO);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_read),
        cmocka_unit_test(a_report_has_one_size),
        cmocka_unit_test(the_pek_signs_reports),
        cmocka_unit_test(every_bit_of_a_report_counts),
        cmocka_unit_test(a_pek_was_verified),
        cmocka_unit_test(a_report_was_read),
        cmocka_unit_test(another_key_signed_it_not),
        cmocka_unit_test_setup(a_hash_that_fails_is_no_verdict, no_faults),
    };
    return cmocka_run_group_tests(tests, no_faults, NULL);
}
