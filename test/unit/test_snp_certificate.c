/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/certificate.h>
#include <stdio.h>
#include <string.h>

#include "amd_der.h"
#include "support.h"
#include "x509/der_time.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void certificates_of_each_kind_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(right_certificates); i++) {
        const struct right_der *right = &right_certificates[i];
        struct sevl_snp_certificate certificate;
        memset(&certificate, 0xff, sizeof certificate);
        assert_int_equal(sevl_snp_certificate_read(&certificate, right->der, right->size), SEVL_OK);
        assert_int_equal(certificate.kind, right->kind);
        assert_int_equal(certificate.product, right->product);
    }
}

static void other_certificates_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(wrong_certificates); i++) {
        const struct wrong_der *wrong = &wrong_certificates[i];
        struct sevl_snp_certificate certificate;
        memset(&certificate, 0xff, sizeof certificate);
        if (sevl_snp_certificate_read(&certificate, wrong->der, wrong->size) != SEVL_ERROR_ENCODING)
            fail_msg("%s", wrong->what);
        assert_true(is_zero(&certificate, sizeof certificate));
    }
}

static void no_beginning_is_a_certificate(void **state)
{
    (void)state;
    struct sevl_snp_certificate certificate;
    const struct right_der *right = &right_certificates[0];
    for (size_t size = 0; size < right->size; size++)
        assert_int_equal(sevl_snp_certificate_read(&certificate, right->der, size),
                         SEVL_ERROR_ENCODING);
}

/* Those that were asked for, in their order, at the time of all of the tables. */
static void assert_entries(const struct sevl_snp_crl *crl, const struct right_crl *right)
{
    static const uint64_t june_2025 = 1748736000;
    struct sevl_bytes entries = crl->revoked;
    struct sevl_snp_crl_entry entry;
    for (size_t i = 0; i < right->count; i++) {
        assert_true(sevl_snp_crl_take(&entries, &entry));
        assert_int_equal(entry.serial, right->serials[i]);
        assert_int_equal(entry.time, june_2025);
        assert_true(sevl_snp_crl_has(crl, right->serials[i]));
    }
    assert_false(sevl_snp_crl_take(&entries, &entry));
}

static void lists_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(right_crls); i++) {
        const struct right_crl *right = &right_crls[i];
        struct sevl_snp_crl crl;
        memset(&crl, 0xff, sizeof crl);
        assert_int_equal(sevl_snp_crl_read(&crl, right->der, right->size), SEVL_OK);
        assert_int_equal(crl.verdict, SEVL_ERROR_STATE);
        assert_entries(&crl, right);
        assert_false(sevl_snp_crl_has(&crl, 0x20002));
    }
}

static void entries_that_are_none_revoke_nothing(void **state)
{
    (void)state;
    static const uint8_t entries[] = {SEVL_DER_SEQUENCE, 3, SEVL_DER_INTEGER, 1, 7};
    struct sevl_snp_crl crl = {.revoked = {entries, sizeof entries}};
    assert_false(sevl_snp_crl_has(&crl, 7));
    crl.revoked.size = 0;
    assert_false(sevl_snp_crl_has(&crl, 7));
}

static void other_lists_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(wrong_crls); i++) {
        const struct wrong_der *wrong = &wrong_crls[i];
        struct sevl_snp_crl crl;
        memset(&crl, 0xff, sizeof crl);
        if (sevl_snp_crl_read(&crl, wrong->der, wrong->size) != SEVL_ERROR_ENCODING)
            fail_msg("%s", wrong->what);
        assert_true(is_zero(&crl, sizeof crl));
    }
}

static void times_are_seconds_since_1970(void **state)
{
    (void)state;
    static const struct known_time {
        uint8_t der[18];
        size_t size;
        uint64_t seconds;
    } known[] = {
        {"\x17\x0d"
         "700101000000Z",
         15, 0},
        {"\x17\x0d"
         "700101000001Z",
         15, 1},
        {"\x17\x0d"
         "691231235959Z",
         15, 0},
        {"\x17\x0d"
         "500101000000Z",
         15, 0},
        {"\x17\x0d"
         "491231235959Z",
         15, UINT64_C(2524607999)},
        {"\x17\x0d"
         "000229123456Z",
         15, UINT64_C(951827696)},
        {"\x17\x0d"
         "240301000000Z",
         15, UINT64_C(1709251200)},
        {"\x17\x0d"
         "201022172305Z",
         15, UINT64_C(1603387385)},
        {"\x18\x0f"
         "20500101000000Z",
         17, UINT64_C(2524608000)},
        {"\x18\x0f"
         "21000301000000Z",
         17, UINT64_C(4107542400)},
        {"\x18\x0f"
         "99991231235959Z",
         17, UINT64_C(253402300799)},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        uint64_t time = 1;
        struct sevl_der from = {known[i].der, known[i].size};
        assert_true(sevl_time_take(&from, &time));
        assert_true(time == known[i].seconds);
        assert_int_equal(from.size, 0);
    }
}

static uint64_t time_of(unsigned year, unsigned month, unsigned day)
{
    char text[64];
    uint64_t time = 1;
    bool is_utc = year < 2050;
    (void)snprintf(text, sizeof text,
                   is_utc ? "\x17\x0d%02u%02u%02u000000Z" : "\x18\x0f%04u%02u%02u000000Z",
                   is_utc ? year % 100 : year, month, day);
    struct sevl_der from = {(const uint8_t *)text, strlen(text)};
    assert_true(sevl_time_take(&from, &time));
    return time;
}

/* By counting days from 1970 on. */
static void each_year_has_its_days(void **state)
{
    (void)state;
    uint64_t days = 0;
    for (unsigned year = 1970; year < 10000; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        assert_true(time_of(year, 1, 1) == days * 86400);
        assert_true(time_of(year, 3, 1) == (days + (leap ? 60 : 59)) * 86400);
        days += leap ? 366 : 365;
        assert_true(time_of(year, 12, 31) == (days - 1) * 86400);
    }
}

static void numbers_are_written_in_one_way(void **state)
{
    (void)state;
    static const struct known_number {
        uint8_t der[8];
        size_t size;
        bool is_one;
        uint32_t number;
    } known[] = {
        {{2, 1, 0}, 3, true, 0},
        {{2, 1, 0x7f}, 3, true, 0x7f},
        {{2, 2, 0, 0x80}, 4, true, 0x80},
        {{2, 4, 0x7f, 0xff, 0xff, 0xfe}, 6, true, 0x7ffffffe},
        {{2, 2, 0, 0x7f}, 4, false, 0},
        {{2, 1, 0x80}, 3, false, 0},
        {{2, 0}, 2, false, 0},
        {{2, 5, 0, 0x80, 0, 0, 0}, 7, false, 0},
        {{3, 1, 0}, 3, false, 0},
        {{2, 2, 1}, 3, false, 0},
        {{2, 0x81, 1, 5}, 4, false, 0},
        {{2, 0x81}, 2, false, 0},
        {{2, 0x82, 1}, 3, false, 0},
        {{2}, 1, false, 0},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        uint32_t number = 0;
        struct sevl_der from = {known[i].der, known[i].size};
        assert_int_equal(sevl_der_take_number(&from, &number), known[i].is_one);
        assert_int_equal(number, known[i].number);
        assert_int_equal(from.size, known[i].is_one ? 0 : known[i].size);
    }
}

static void both_ends_of_a_validity_belong_to_it(void **state)
{
    (void)state;
    const struct sevl_snp_validity validity = {10, 20};
    assert_false(sevl_snp_is_valid_at(&validity, 9));
    assert_true(sevl_snp_is_valid_at(&validity, 10));
    assert_true(sevl_snp_is_valid_at(&validity, 20));
    assert_false(sevl_snp_is_valid_at(&validity, 21));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certificates_of_each_kind_are_read),
        cmocka_unit_test(other_certificates_are_refused),
        cmocka_unit_test(no_beginning_is_a_certificate),
        cmocka_unit_test(lists_are_read),
        cmocka_unit_test(entries_that_are_none_revoke_nothing),
        cmocka_unit_test(other_lists_are_refused),
        cmocka_unit_test(times_are_seconds_since_1970),
        cmocka_unit_test(each_year_has_its_days),
        cmocka_unit_test(numbers_are_written_in_one_way),
        cmocka_unit_test(both_ends_of_a_validity_belong_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
