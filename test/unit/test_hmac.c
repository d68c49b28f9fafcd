/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/hmac.h"

#include <string.h>

#include "support.h"

static enum sevl_result hmac(const uint8_t key[16], const char *message, uint8_t mac[32])
{
    struct sevl_sha256 sha256;
    enum sevl_result result = sevl_hmac_start(&sha256, key);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&sha256, message, strlen(message));
    if (result == SEVL_OK)
        result = sevl_hmac_finish(&sha256, key, mac);
    assert_true(is_zero(&sha256, sizeof sha256));
    return result;
}

static enum sevl_result hmac_prepared(const uint8_t key[16], const char *message, uint8_t mac[32])
{
    struct sevl_hmac_pads pads;
    memset(&pads, 0xff, sizeof pads);
    enum sevl_result result = sevl_hmac_prepare(&pads, key);
    if (result != SEVL_OK) {
        assert_true(is_zero(&pads, sizeof pads));
        return result;
    }
    return sevl_hmac_prepared(&pads, message, strlen(message), mac);
}

/* RFC 4231, section 4.3; HMAC fills a shorter key with zeros. */
static const uint8_t key[16] = "Jefe";
static const char message[] = "what do ya want for nothing?";
static const uint8_t expected[] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24,
                                   0x26, 0x08, 0x95, 0x75, 0xc7, 0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27,
                                   0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43};

static void known_answer(void **state)
{
    (void)state;
    uint8_t mac[32];
    fail_crypto_call(0);
    assert_int_equal(hmac(key, message, mac), SEVL_OK);
    assert_memory_equal(mac, expected, sizeof mac);
}

/* The same pads serve again. */
static void known_answer_of_prepared_pads(void **state)
{
    (void)state;
    struct sevl_hmac_pads pads;
    uint8_t mac[32];
    fail_crypto_call(0);
    assert_int_equal(sevl_hmac_prepare(&pads, key), SEVL_OK);
    for (int i = 0; i < 2; i++) {
        memset(mac, 0, sizeof mac);
        assert_int_equal(sevl_hmac_prepared(&pads, message, strlen(message), mac), SEVL_OK);
        assert_memory_equal(mac, expected, sizeof mac);
    }
    memset(&pads, 0, sizeof pads);
    assert_int_equal(sevl_hmac_prepared(&pads, message, strlen(message), mac), SEVL_ERROR_STATE);
    assert_true(is_zero(mac, sizeof mac));
}

/* RFC 4231, sections 4.2 and 4.5; and the most that a key has, by Python's hmac. */
static void known_answers_of_longer_keys(void **state)
{
    (void)state;
    static const struct {
        size_t key_size;
        uint8_t first, step;
        char message[51];
        uint8_t mac[32];
    } answers[] = {
        {20, 0x0b, 0, "Hi There", {0xb0, 0x34, 0x4c, 0x61, 0xd8, 0xdb, 0x38, 0x53, 0x5c, 0xa8, 0xaf,
                                   0xce, 0xaf, 0x0b, 0xf1, 0x2b, 0x88, 0x1d, 0xc2, 0x00, 0xc9, 0x83,
                                   0x3d, 0xa7, 0x26, 0xe9, 0x37, 0x6c, 0x2e, 0x32, 0xcf, 0xf7}},
        {25,
         1,
         1,
         "\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd"
         "\xcd\xcd\xcd"
         "\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd\xcd"
         "\xcd\xcd\xcd",
         {0x82, 0x55, 0x8a, 0x38, 0x9a, 0x44, 0x3c, 0x0e, 0xa4, 0xcc, 0x81,
          0x98, 0x99, 0xf2, 0x08, 0x3a, 0x85, 0xf0, 0xfa, 0xa3, 0xe5, 0x78,
          0xf8, 0x07, 0x7a, 0x2e, 0x3f, 0xf4, 0x67, 0x29, 0x66, 0x5b}},
        {64, 0, 1, "sevlaunch", {0x9c, 0x86, 0x2f, 0x2d, 0xcb, 0x08, 0x86, 0x5b, 0x99, 0x85, 0xa2,
                                 0xdd, 0x8e, 0xa5, 0x84, 0xf9, 0xf8, 0x43, 0x8e, 0xe0, 0x29, 0xa9,
                                 0xd7, 0x28, 0xf7, 0x1e, 0x9b, 0xea, 0x91, 0x69, 0x33, 0x97}},
    };
    fail_crypto_call(0);
    for (size_t a = 0; a < sizeof answers / sizeof *answers; a++) {
        uint8_t long_key[SEVL_HMAC_KEY_MAX + 1];
        uint8_t mac[32];
        for (size_t i = 0; i < sizeof long_key; i++)
            long_key[i] = (uint8_t)(answers[a].first + answers[a].step * i);
        assert_int_equal(sevl_hmac_compute(long_key, answers[a].key_size, answers[a].message,
                                           strlen(answers[a].message), mac),
                         SEVL_OK);
        assert_memory_equal(mac, answers[a].mac, sizeof mac);
    }
}

static void every_failing_call_with_a_longer_key_is_reported(void **state)
{
    (void)state;
    uint8_t mac[32];
    for (int n = 1; n <= 8; n++) {
        memset(mac, 0xee, sizeof mac);
        fail_crypto_call(n);
        assert_int_equal(sevl_hmac_compute(key, sizeof key, message, strlen(message), mac),
                         SEVL_ERROR_CRYPTO);
        assert_true(is_zero(mac, sizeof mac));
    }
}

static void every_failing_call_of_prepared_pads_is_reported(void **state)
{
    (void)state;
    uint8_t mac[32];
    fail_crypto_call(0);
    assert_int_equal(hmac_prepared(key, message, mac), SEVL_OK);
    int calls = crypto_calls();
    assert_int_equal(calls, 8);
    for (int n = 1; n <= calls; n++) {
        memset(mac, 0, sizeof mac);
        fail_crypto_call(n);
        assert_int_equal(hmac_prepared(key, message, mac), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(mac, sizeof mac));
    }
}

static void every_failing_call_is_reported(void **state)
{
    (void)state;
    uint8_t mac[32];
    fail_crypto_call(0);
    assert_int_equal(hmac(key, message, mac), SEVL_OK);
    int calls = crypto_calls();
    assert_int_equal(calls, 8);
    for (int n = 1; n <= calls; n++) {
        memset(mac, 0, sizeof mac);
        fail_crypto_call(n);
        assert_int_equal(hmac(key, message, mac), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(mac, sizeof mac));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answer),
        cmocka_unit_test(known_answer_of_prepared_pads),
        cmocka_unit_test(known_answers_of_longer_keys),
        cmocka_unit_test(every_failing_call_with_a_longer_key_is_reported),
        cmocka_unit_test(every_failing_call_of_prepared_pads_is_reported),
        cmocka_unit_test(every_failing_call_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
