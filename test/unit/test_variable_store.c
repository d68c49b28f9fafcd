/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/guest/variable_store.h>
#include <string.h>

#include "support.h"

static uint8_t image[0x84000 + 100];

static void make_image(void)
{
    for (size_t i = 0; i < sizeof image; i++)
        image[i] = (uint8_t)(i ^ i >> 8 ^ i >> 16);
}

static void assert_hash(struct sevl_sha256 stream, const uint8_t *bytes, size_t size)
{
    struct sevl_sha256 whole;
    uint8_t expected[SEVL_SHA256_SIZE];
    uint8_t got[SEVL_SHA256_SIZE];
    assert_int_equal(sevl_sha256_init(&whole), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&whole, bytes, size), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&whole, expected), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&stream, got), SEVL_OK);
    assert_memory_equal(got, expected, sizeof got);
}

static void assert_code(const struct sevl_firmware_code *code, size_t size)
{
    assert_true(sevl_firmware_code_is_open(code));
    assert_int_equal(code->size, size);
    for (size_t i = 0; i < SEVL_VARIABLE_STORES; i++) {
        size_t store = sevl_variable_store_sizes[i];
        assert_hash(code->after_store[i], image + store, size < store ? 0 : size - store);
    }
}

/* OVMF's two layouts. */
static void stores_are_those_of_ovmf(void **state)
{
    (void)state;
    static const uint32_t known[] = {128 * 1024, 528 * 1024};
    assert_int_equal(sizeof known / sizeof *known, SEVL_VARIABLE_STORES);
    assert_memory_equal(sevl_variable_store_sizes, known, sizeof known);
}

/* Pieces that end before, at and after the end of each store. */
static void pieces_make_the_code(void **state)
{
    (void)state;
    static const size_t ends[] = {0, 1, 0x1ffff, 0x20000, 0x20001, 0x83fff, 0x84000, 0x84001};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        for (size_t j = i; j < sizeof ends / sizeof *ends; j++) {
            struct sevl_firmware_code code;
            memset(&code, 0xff, sizeof code);
            size_t first = ends[i];
            size_t second = ends[j];
            assert_int_equal(sevl_firmware_code_init(&code), SEVL_OK);
            assert_int_equal(sevl_firmware_code_update(&code, image, first), SEVL_OK);
            assert_int_equal(sevl_firmware_code_update(&code, NULL, 0), SEVL_OK);
            assert_code(&code, first);
            assert_int_equal(sevl_firmware_code_update(&code, image + first, second - first),
                             SEVL_OK);
            assert_code(&code, second);
            assert_int_equal(sevl_firmware_code_update(&code, image + second,
                                                       sizeof image - second),
                             SEVL_OK);
            assert_code(&code, sizeof image);
        }
}

static void what_is_not_open_fails(void **state)
{
    (void)state;
    struct sevl_firmware_code code = {.size = 7};
    assert_false(sevl_firmware_code_is_open(&code));
    assert_int_equal(sevl_firmware_code_update(&code, NULL, 0), SEVL_ERROR_STATE);
    assert_true(is_zero(&code, sizeof code));
    assert_int_equal(sevl_firmware_code_init(&code), SEVL_OK);
    sevl_sha256_wipe(&code.after_store[1]);
    assert_false(sevl_firmware_code_is_open(&code));
    assert_int_equal(sevl_firmware_code_update(&code, image, 1), SEVL_ERROR_STATE);
    assert_true(is_zero(&code, sizeof code));
}

static void what_failed_is_wiped(void **state)
{
    (void)state;
    struct sevl_firmware_code code;
    for (int n = 1; n <= 2; n++) {
        memset(&code, 0xff, sizeof code);
        fail_crypto_call(n);
        assert_int_equal(sevl_firmware_code_init(&code), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(&code, sizeof code));
        fail_crypto_call(0);
        assert_int_equal(sevl_firmware_code_init(&code), SEVL_OK);
        fail_crypto_call(n);
        assert_int_equal(sevl_firmware_code_update(&code, image, sizeof image), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(&code, sizeof code));
    }
    fail_crypto_call(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stores_are_those_of_ovmf),
        cmocka_unit_test(pieces_make_the_code),
        cmocka_unit_test(what_is_not_open_fails),
        cmocka_unit_test(what_failed_is_wiped),
    };
    make_image();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
