/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/verification.h>
#include <string.h>

#include "amd_whole.h"
#include "support.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define SIGNED 0x2a0
#define CPUID_AT 0x188

static struct sevl_snp_report_memory memory;

static struct sevl_snp_key key_of(const struct known_amd *amd, bool is_vlek)
{
    struct sevl_snp_certificate certificate;
    const struct sevl_bytes *der = is_vlek ? &amd->vlek : &amd->vcek;
    const struct sevl_snp_authority nobody = {0};
    struct sevl_snp_key key;
    struct sevl_snp_chain_memory unused;
    assert_int_equal(sevl_snp_certificate_read(&certificate, der->bytes, der->size), SEVL_OK);
    assert_int_equal(sevl_snp_leaf_verify(&key, &nobody, &certificate, &unused), SEVL_ERROR_STATE);
    key.kind = certificate.kind;
    key.product = certificate.product;
    key.tcb = certificate.tcb;
    memcpy(key.key, certificate.key, sizeof key.key);
    if (!is_vlek) {
        memcpy(key.id, certificate.hardware.bytes, certificate.hardware.size);
        key.id_size = (uint8_t)certificate.hardware.size;
    }
    return key;
}

/* What is in the memory before makes no difference; the verdict is kept. */
static enum sevl_snp_report_fault fault_in(const uint8_t *bytes, const struct sevl_snp_key *key)
{
    struct sevl_snp_report report;
    enum sevl_snp_report_fault fault = SEVL_SNP_REPORT_GOOD;
    assert_int_equal(sevl_snp_report_read(&report, bytes, SEVL_SNP_REPORT_SIZE), SEVL_OK);
    assert_int_equal(report.verdict, SEVL_ERROR_STATE);
    memset(&memory, 0x5a, sizeof memory);
    enum sevl_result result = sevl_snp_report_verify(&report, key, &fault, &memory);
    assert_int_equal(result, fault == SEVL_SNP_REPORT_GOOD ? SEVL_MATCH : SEVL_MISMATCH);
    assert_int_equal(report.verdict, result);
    assert_int_equal(sevl_snp_report_verify(&report, key, NULL, &memory), result);
    enum sevl_snp_report_fault binding = sevl_snp_report_binding(&report, key);
    assert_int_equal(binding, fault < SEVL_SNP_REPORT_KEY ? fault : SEVL_SNP_REPORT_GOOD);
    return fault;
}

static void reports_of_chips_and_providers_verify(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(amds); i++)
        for (size_t k = 0; k < 2 * AMD_VERSIONS; k++) {
            const struct sevl_snp_key key = key_of(&amds[i], k >= AMD_VERSIONS);
            assert_int_equal(fault_in(amds[i].reports[k], &key), SEVL_SNP_REPORT_GOOD);
        }
}

static void every_bit_that_is_signed_counts(void **state)
{
    (void)state;
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    struct sevl_snp_report report;
    const struct sevl_snp_key key = key_of(&amds[0], false);
    memcpy(bytes, amds[0].reports[1], sizeof bytes);
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit += 3) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (sevl_snp_report_read(&report, bytes, sizeof bytes) == SEVL_OK)
            assert_int_equal(sevl_snp_report_verify(&report, &key, NULL, &memory), SEVL_MISMATCH);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

/* Whoever has r, s can make r, n - s of it: what is signed is the same. */
static void the_mirrored_signature_is_as_good(void **state)
{
    (void)state;
    static const uint8_t n[48] = {0x73, 0x29, 0xc5, 0xcc, 0x6a, 0x19, 0xec, 0xec, 0x7a, 0xa7,
                                  0xb0, 0x48, 0xb2, 0x0d, 0x1a, 0x58, 0xdf, 0x2d, 0x37, 0xf4,
                                  0x81, 0x4d, 0x63, 0xc7, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    uint8_t *s = bytes + SIGNED + 72;
    int borrow = 0;
    const struct sevl_snp_key key = key_of(&amds[0], false);
    memcpy(bytes, amds[0].reports[1], sizeof bytes);
    for (size_t i = 0; i < sizeof n; i++) {
        int difference = n[i] - s[i] - borrow;
        borrow = difference < 0;
        s[i] = (uint8_t)difference;
    }
    assert_int_equal(borrow, 0);
    assert_memory_not_equal(bytes, amds[0].reports[1], sizeof bytes);
    assert_int_equal(fault_in(bytes, &key), SEVL_SNP_REPORT_GOOD);
}

static void assert_fault(size_t at, uint8_t value, enum sevl_snp_report_fault expected)
{
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    const struct sevl_snp_key key = key_of(&amds[0], false);
    memcpy(bytes, amds[0].reports[1], sizeof bytes);
    bytes[at] = value;
    assert_int_equal(fault_in(bytes, &key), expected);
}

static void the_first_fault_is_told(void **state)
{
    (void)state;
    assert_fault(0x034, 0, SEVL_SNP_REPORT_UNSIGNED);
    assert_fault(0x034, 2, SEVL_SNP_REPORT_UNSIGNED);
    assert_fault(0x035, 1, SEVL_SNP_REPORT_UNSIGNED);
    assert_fault(0x048, 2, SEVL_SNP_REPORT_UNSIGNED);
    assert_fault(0x048, 7 << 2, SEVL_SNP_REPORT_UNSIGNED);
    for (uint8_t signer = 1; signer < 7; signer++)
        assert_fault(0x048, (uint8_t)(signer << 2), SEVL_SNP_REPORT_SIGNER);
    assert_fault(CPUID_AT, 0x1a, SEVL_SNP_REPORT_PRODUCT);
    assert_fault(CPUID_AT + 1, 0x11, SEVL_SNP_REPORT_PRODUCT);
    assert_fault(CPUID_AT, 0x17, SEVL_SNP_REPORT_PRODUCT);
    for (size_t i = 0; i < 8; i++)
        assert_fault(0x180 + i, 0xee, SEVL_SNP_REPORT_TCB);
    for (size_t i = 0; i < 64; i++)
        assert_fault(0x1a0 + i, 0xee, SEVL_SNP_REPORT_CHIP);
    assert_fault(0x090, 0xee, SEVL_SNP_REPORT_SIGNATURE);
    assert_fault(SIGNED, 0xee, SEVL_SNP_REPORT_SIGNATURE);
    assert_fault(SIGNED + 72, 0xee, SEVL_SNP_REPORT_SIGNATURE);
}

/* Version 2 tells no processor: the key's product decides. */
static void a_key_of_another_kind_or_product_is_none(void **state)
{
    (void)state;
    const struct sevl_snp_key vcek = key_of(&amds[0], false);
    const struct sevl_snp_key vlek = key_of(&amds[0], true);
    const struct sevl_snp_key turin = key_of(&amds[2], false);
    struct sevl_snp_key neither = vcek;
    assert_int_equal(fault_in(amds[0].reports[0], &vlek), SEVL_SNP_REPORT_SIGNER);
    assert_int_equal(fault_in(amds[0].reports[AMD_VERSIONS], &vcek), SEVL_SNP_REPORT_SIGNER);
    assert_int_equal(fault_in(amds[0].reports[0], &turin), SEVL_SNP_REPORT_TCB);
    assert_int_equal(fault_in(amds[0].reports[1], &turin), SEVL_SNP_REPORT_PRODUCT);
    neither.kind = SEVL_SNP_ASK;
    assert_int_equal(fault_in(amds[0].reports[0], &neither), SEVL_SNP_REPORT_SIGNER);
    assert_int_equal(fault_in(amds[0].reports[AMD_VERSIONS], &neither), SEVL_SNP_REPORT_SIGNER);
}

static void a_provider_hides_the_chip(void **state)
{
    (void)state;
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    const struct sevl_snp_key key = key_of(&amds[1], true);
    memcpy(bytes, amds[1].reports[AMD_VERSIONS], sizeof bytes);
    bytes[0x1a0 + 63] = 1;
    assert_int_equal(fault_in(bytes, &key), SEVL_SNP_REPORT_CHIP);
}

static void a_key_beside_the_curve_is_told(void **state)
{
    (void)state;
    struct sevl_snp_key key = key_of(&amds[0], false);
    key.key[95] ^= 1;
    assert_int_equal(fault_in(amds[0].reports[0], &key), SEVL_SNP_REPORT_KEY);
}

static void hashes_that_fail_are_no_verdict(void **state)
{
    (void)state;
    const struct sevl_snp_key key = key_of(&amds[0], false);
    struct sevl_snp_report report;
    assert_int_equal(sevl_snp_report_read(&report, amds[0].reports[0], SEVL_SNP_REPORT_SIZE),
                     SEVL_OK);
    fail_crypto_call(0);
    assert_int_equal(sevl_snp_report_verify(&report, &key, NULL, &memory), SEVL_MATCH);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        enum sevl_snp_report_fault fault = SEVL_SNP_REPORT_GOOD;
        fail_crypto_call(n);
        assert_int_equal(sevl_snp_report_verify(&report, &key, &fault, &memory), SEVL_ERROR_CRYPTO);
        assert_int_equal(fault, SEVL_SNP_REPORT_SIGNATURE);
        assert_int_equal(report.verdict, SEVL_ERROR_CRYPTO);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_of_chips_and_providers_verify),
        cmocka_unit_test(every_bit_that_is_signed_counts),
        cmocka_unit_test(the_mirrored_signature_is_as_good),
        cmocka_unit_test(the_first_fault_is_told),
        cmocka_unit_test(a_key_of_another_kind_or_product_is_none),
        cmocka_unit_test(a_provider_hides_the_chip),
        cmocka_unit_test(a_key_beside_the_curve_is_told),
        cmocka_unit_test(hashes_that_fail_are_no_verdict),
    };
    return cmocka_run_group_tests(tests, no_faults, NULL);
}
