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
        cmocka_unit_test(every_failing_call_of_prepared_pads_is_reported),
        cmocka_unit_test(every_failing_call_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
