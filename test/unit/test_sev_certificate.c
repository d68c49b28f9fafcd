/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/certificate.h>
#include <string.h>

#include "support.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ARK_USAGE 0
#define ASK_USAGE 0x13
#define ID 4
#define ISSUER_ID 20

/* With a byte more, which no certificate has. */
static uint8_t bytes[SEVL_SEV_CERTIFICATE_SIZE + 1];

static void put32(size_t at, uint32_t number)
{
    for (size_t i = 0; i < 4; i++)
        bytes[at + i] = (uint8_t)(number >> 8 * i);
}

/* A certificate of an ARK or ASK, whose ids are 2 and, of an ASK, 1. */
static void make_ca(uint32_t usage, size_t key_size)
{
    memset(bytes, 0, sizeof bytes);
    put32(0, 1);
    memset(bytes + ID, 2, SEVL_SEV_CA_ID_SIZE);
    memset(bytes + ISSUER_ID, usage == ARK_USAGE ? 2 : 1, SEVL_SEV_CA_ID_SIZE);
    put32(36, usage);
    put32(56, (uint32_t)(8 * key_size));
    put32(60, (uint32_t)(8 * key_size));
    put32(64, 65537);
    memset(bytes + 64 + key_size, 0xab, 2 * key_size);
}

static enum sevl_result read_ca(struct sevl_sev_ca_certificate *certificate, size_t size)
{
    memset(certificate, 0xff, sizeof *certificate);
    enum sevl_result result = sevl_sev_ca_certificate_read(certificate, bytes, size);
    if (result != SEVL_OK)
        assert_true(is_zero(certificate, sizeof *certificate));
    return result;
}

static const struct ca_form {
    uint32_t usage;
    size_t key_size, size;
    enum sevl_sev_certificate_kind kind;
} ca_forms[] = {{ARK_USAGE, 256, 832, SEVL_SEV_ARK},
                {ARK_USAGE, 256, 576, SEVL_SEV_ARK},
                {ARK_USAGE, 512, 1600, SEVL_SEV_ARK},
                {ASK_USAGE, 256, 832, SEVL_SEV_ASK},
                {ASK_USAGE, 512, 1600, SEVL_SEV_ASK}};

static void an_authority_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ca_forms); i++) {
        const struct ca_form *form = &ca_forms[i];
        const uint8_t *const key = bytes + 64 + form->key_size;
        struct sevl_sev_ca_certificate certificate;
        make_ca(form->usage, form->key_size);
        assert_int_equal(read_ca(&certificate, form->size), SEVL_OK);
        assert_int_equal(certificate.kind, form->kind);
        assert_ptr_equal(certificate.bytes, bytes);
        assert_int_equal(certificate.body_size, 64 + 2 * form->key_size);
        assert_int_equal(certificate.key_size, form->key_size);
        assert_ptr_equal(certificate.id, bytes + ID);
        assert_ptr_equal(certificate.issuer_id, bytes + ISSUER_ID);
        assert_ptr_equal(certificate.modulus, key);
        assert_ptr_equal(certificate.signature, form->size == 576 ? NULL : key + form->key_size);
    }
}

static void an_authority_has_one_of_three_sizes(void **state)
{
    (void)state;
    struct sevl_sev_ca_certificate certificate;
    make_ca(ARK_USAGE, 256);
    for (size_t size = 0; size <= sizeof bytes; size++)
        if (size != 576 && size != 832 && size != 1600)
            assert_int_equal(read_ca(&certificate, size), SEVL_ERROR_LENGTH);
    assert_int_equal(read_ca(&certificate, 1600), SEVL_ERROR_ENCODING);
    make_ca(ARK_USAGE, 512);
    assert_int_equal(read_ca(&certificate, 832), SEVL_ERROR_ENCODING);
}

static void an_ask_has_a_signature(void **state)
{
    (void)state;
    struct sevl_sev_ca_certificate certificate;
    make_ca(ASK_USAGE, 256);
    assert_int_equal(read_ca(&certificate, 576), SEVL_ERROR_ENCODING);
}

/* Whether a bit may be another one, as a reader sees it. */
static bool is_free_in_ca(const struct ca_form *form, size_t at)
{
    if (at >= ISSUER_ID && at < ISSUER_ID + SEVL_SEV_CA_ID_SIZE)
        return form->usage == ASK_USAGE;
    if (at >= ID && at < ISSUER_ID)
        return form->usage == ASK_USAGE;
    return at >= 64 + form->key_size;
}

static void every_bit_of_an_authority_has_a_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ca_forms); i++) {
        const struct ca_form *form = &ca_forms[i];
        struct sevl_sev_ca_certificate certificate;
        make_ca(form->usage, form->key_size);
        for (size_t bit = 0; bit < 8 * form->size; bit++) {
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
            assert_int_equal(read_ca(&certificate, form->size),
                             is_free_in_ca(form, bit / 8) ? SEVL_OK : SEVL_ERROR_ENCODING);
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
}

static const struct usage {
    uint32_t usage, algorithm;
    enum sevl_sev_certificate_kind kind;
} usages[] = {{0x1004, 2, SEVL_SEV_CEK},
              {0x1001, 2, SEVL_SEV_OCA},
              {0x1002, 2, SEVL_SEV_PEK},
              {0x1003, 3, SEVL_SEV_PDH}};

/* With a key whose digits are 1, 2, and so on, and no signature. */
static void make_certificate(const struct usage *usage)
{
    memset(bytes, 0, sizeof bytes);
    put32(0, 1);
    bytes[4] = 7;
    bytes[5] = 9;
    put32(8, usage->usage);
    put32(12, usage->algorithm);
    put32(16, 2);
    for (size_t i = 0; i < SEVL_P384_KEY_SIZE; i++)
        bytes[20 + i + (i < 48 ? 0 : 24)] = (uint8_t)(i + 1);
    put32(1044, 0x1000);
    put32(1564, 0x1000);
}

static enum sevl_result read_platform(struct sevl_sev_certificate *certificate, size_t size)
{
    memset(certificate, 0xff, sizeof *certificate);
    enum sevl_result result = sevl_sev_certificate_read(certificate, bytes, size);
    if (result != SEVL_OK)
        assert_true(is_zero(certificate, sizeof *certificate));
    return result;
}

static void a_certificate_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(usages); i++) {
        struct sevl_sev_certificate certificate;
        uint8_t key[SEVL_P384_KEY_SIZE];
        make_certificate(&usages[i]);
        assert_int_equal(read_platform(&certificate, SEVL_SEV_CERTIFICATE_SIZE), SEVL_OK);
        assert_int_equal(certificate.kind, usages[i].kind);
        assert_ptr_equal(certificate.bytes, bytes);
        assert_int_equal(certificate.api_major, 7);
        assert_int_equal(certificate.api_minor, 9);
        sevl_sev_certificate_key(&certificate, key);
        for (size_t k = 0; k < 48; k++) {
            assert_int_equal(key[k], 48 - k);
            assert_int_equal(key[48 + k], 96 - k);
        }
    }
}

static void a_certificate_has_one_size(void **state)
{
    (void)state;
    struct sevl_sev_certificate certificate;
    make_certificate(&usages[0]);
    for (size_t size = 0; size <= sizeof bytes; size++)
        if (size != SEVL_SEV_CERTIFICATE_SIZE)
            assert_int_equal(read_platform(&certificate, size), SEVL_ERROR_LENGTH);
}

/* What may be anything: versions and reserved bytes, digits, and the places for signatures. */
static bool is_free(size_t at)
{
    if (at < 8)
        return at >= 4;
    return (at >= 20 && at < 68) || (at >= 92 && at < 140) || at >= 1044;
}

/* The usages of OCA and PEK differ from others by a bit. */
static void every_bit_of_a_certificate_has_a_form(void **state)
{
    (void)state;
    struct sevl_sev_certificate certificate;
    for (size_t i = 0; i < COUNT(usages); i++) {
        make_certificate(&usages[i]);
        for (size_t bit = 0; bit < 8 * (size_t)SEVL_SEV_CERTIFICATE_SIZE; bit++) {
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
            assert_int_equal(read_platform(&certificate, SEVL_SEV_CERTIFICATE_SIZE),
                             is_free(bit / 8) ? SEVL_OK : SEVL_ERROR_ENCODING);
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
}

static void kinds_are_told_apart(void **state)
{
    (void)state;
    static const uint32_t wrong[] = {0, 0x13, 0x1000, 0x1005, 0x11001, 0x10001001};
    static const uint32_t algorithms[] = {0, 1, 2, 3, 0x101, 0x102, 0x103, 0x10002};
    struct sevl_sev_certificate certificate;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        make_certificate(&usages[0]);
        put32(8, wrong[i]);
        assert_int_equal(read_platform(&certificate, SEVL_SEV_CERTIFICATE_SIZE),
                         SEVL_ERROR_ENCODING);
    }
    for (size_t i = 0; i < COUNT(usages); i++)
        for (size_t k = 0; k < COUNT(algorithms); k++) {
            make_certificate(&usages[i]);
            put32(12, algorithms[k]);
            assert_int_equal(read_platform(&certificate, SEVL_SEV_CERTIFICATE_SIZE),
                             algorithms[k] == usages[i].algorithm ? SEVL_OK : SEVL_ERROR_ENCODING);
        }
}

static void only_empty_places_are_no_signature(void **state)
{
    (void)state;
    struct sevl_sev_certificate certificate;
    make_certificate(&usages[0]);
    assert_int_equal(read_platform(&certificate, SEVL_SEV_CERTIFICATE_SIZE), SEVL_OK);
    assert_true(sevl_sev_certificate_is_unsigned(&certificate));
    for (size_t bit = 8 * (size_t)SEVL_SEV_CERTIFICATE_BODY_SIZE;
         bit < 8 * (size_t)SEVL_SEV_CERTIFICATE_SIZE; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(sevl_sev_certificate_is_unsigned(&certificate));
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

/* Of the curve: its generator (SEC 2, section 2.4.1), then a point whose x is 1, and one whose y
 * is. */
static const uint8_t chip_ids[][SEVL_SEV_CHIP_ID_SIZE] = {
    {0x79, 0xbe, 0x66, 0x7e, 0xf9, 0xdc, 0xbb, 0xac, 0x55, 0xa0, 0x62, 0x95, 0xce,
     0x87, 0x0b, 0x07, 0x02, 0x9b, 0xfc, 0xdb, 0x2d, 0xce, 0x28, 0xd9, 0x59, 0xf2,
     0x81, 0x5b, 0x16, 0xf8, 0x17, 0x98, 0x48, 0x3a, 0xda, 0x77, 0x26, 0xa3, 0xc4,
     0x65, 0x5d, 0xa4, 0xfb, 0xfc, 0x0e, 0x11, 0x08, 0xa8, 0xfd, 0x17, 0xb4, 0x48,
     0xa6, 0x85, 0x54, 0x19, 0x9c, 0x47, 0xd0, 0x8f, 0xfb, 0x10, 0xd4, 0xb8},
    {0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
     0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
     0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x42, 0x18, 0xf2, 0x0a, 0xe6, 0xc6, 0x46,
     0xb3, 0x63, 0xdb, 0x68, 0x60, 0x58, 0x22, 0xfb, 0x14, 0x26, 0x4c, 0xa8, 0xd2,
     0x58, 0x7f, 0xdd, 0x6f, 0xbc, 0x75, 0x0d, 0x58, 0x7e, 0x76, 0xa7, 0xee},
    {0x1f, 0xe1, 0xe5, 0xef, 0x3f, 0xce, 0xb5, 0xc1, 0x35, 0xab, 0x77, 0x41, 0x33,
     0x3c, 0xe5, 0xa6, 0xe8, 0x0d, 0x68, 0x16, 0x76, 0x53, 0xf6, 0xb2, 0xb2, 0x4b,
     0xcb, 0xcf, 0xaa, 0xaf, 0xf5, 0x07, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
     0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
     0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01},
};

/*
 * The last two with p added to that 1; and an x, then a y, that is p or more, and would be a
 * point's if it were taken for a number in Montgomery's form.
 */
static const uint8_t large_chip_ids[][SEVL_SEV_CHIP_ID_SIZE] = {
    {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xfe, 0xff, 0xff, 0xfc, 0x30, 0x42, 0x18, 0xf2, 0x0a, 0xe6, 0xc6, 0x46,
     0xb3, 0x63, 0xdb, 0x68, 0x60, 0x58, 0x22, 0xfb, 0x14, 0x26, 0x4c, 0xa8, 0xd2,
     0x58, 0x7f, 0xdd, 0x6f, 0xbc, 0x75, 0x0d, 0x58, 0x7e, 0x76, 0xa7, 0xee},
    {0x1f, 0xe1, 0xe5, 0xef, 0x3f, 0xce, 0xb5, 0xc1, 0x35, 0xab, 0x77, 0x41, 0x33,
     0x3c, 0xe5, 0xa6, 0xe8, 0x0d, 0x68, 0x16, 0x76, 0x53, 0xf6, 0xb2, 0xb2, 0x4b,
     0xcb, 0xcf, 0xaa, 0xaf, 0xf5, 0x07, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xfc, 0x30},
    {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xfe, 0xff, 0xff, 0xfc, 0x30, 0xd5, 0xca, 0xe8, 0x94, 0x20, 0xd0, 0x4c,
     0x6b, 0xe2, 0x68, 0x77, 0x87, 0x99, 0xaf, 0x4b, 0xfa, 0x93, 0xfe, 0xaa, 0x04,
     0x6b, 0x4f, 0x7d, 0xbc, 0x30, 0xc2, 0xaa, 0x78, 0xc1, 0x73, 0xf0, 0xb4},
    {0xde, 0xe7, 0xda, 0x9c, 0x32, 0x63, 0xde, 0xd1, 0xbc, 0x42, 0x2e, 0xef, 0xb8,
     0x04, 0x4f, 0x58, 0x0e, 0x19, 0xda, 0xa9, 0x64, 0xe9, 0xd6, 0xfe, 0x14, 0x7f,
     0x99, 0x86, 0x8e, 0x35, 0x6e, 0x87, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xfc, 0x31},
};

static void a_chip_id_is_a_point(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(chip_ids); i++) {
        uint8_t id[SEVL_SEV_CHIP_ID_SIZE];
        memcpy(id, chip_ids[i], sizeof id);
        assert_true(sevl_sev_chip_id_is_valid(id));
        for (size_t bit = 0; bit < 8 * sizeof id; bit++) {
            id[bit / 8] ^= (uint8_t)(1 << bit % 8);
            assert_false(sevl_sev_chip_id_is_valid(id));
            id[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
}

static void an_id_that_is_no_point_is_refused(void **state)
{
    (void)state;
    uint8_t id[SEVL_SEV_CHIP_ID_SIZE] = {0};
    assert_false(sevl_sev_chip_id_is_valid(id));
    memset(id, 0xff, sizeof id);
    assert_false(sevl_sev_chip_id_is_valid(id));
    for (size_t i = 0; i < COUNT(large_chip_ids); i++)
        assert_false(sevl_sev_chip_id_is_valid(large_chip_ids[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_authority_is_read),
        cmocka_unit_test(an_authority_has_one_of_three_sizes),
        cmocka_unit_test(an_ask_has_a_signature),
        cmocka_unit_test(every_bit_of_an_authority_has_a_form),
        cmocka_unit_test(a_certificate_is_read),
        cmocka_unit_test(a_certificate_has_one_size),
        cmocka_unit_test(every_bit_of_a_certificate_has_a_form),
        cmocka_unit_test(kinds_are_told_apart),
        cmocka_unit_test(only_empty_places_are_no_signature),
        cmocka_unit_test(a_chip_id_is_a_point),
        cmocka_unit_test(an_id_that_is_no_point_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
