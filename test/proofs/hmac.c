/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_hmac_start and sevl_hmac_finish, sevl_hmac_prepare and sevl_hmac_prepared, and
 * sevl_hmac_compute are RFC 2104's HMAC for every key, of up to 64 bytes for the last of them,
 * message of 0 to 8 bytes and hash; whatever fails, nothing that depends on the key stays, but
 * for pads that were prepared.
 */
#include "sha256_model.h"

#include <core/crypto/hmac.c>

static size_t key_size = SEVL_HMAC_KEY_SIZE;

static uint8_t padded(const uint8_t *key, uint64_t at, uint8_t pad)
{
    return at < key_size ? key[at] ^ pad : pad;
}

static void prove_inner(const uint8_t *key, const uint8_t *text, size_t size)
{
    PROVE(finished[0].message.length == 64 + size);
    if (place < 64)
        PROVE(finished[0].message.byte == padded(key, place, 0x36));
    else if (place < 64 + size)
        PROVE(finished[0].message.byte == text[place - 64]);
}

static void prove_outer(const uint8_t *key)
{
    PROVE(finished[1].message.length == 64 + SEVL_SHA256_SIZE);
    if (place < 64)
        PROVE(finished[1].message.byte == padded(key, place, 0x5c));
    else if (place < 64 + SEVL_SHA256_SIZE)
        PROVE(finished[1].message.byte == finished[0].hash[place - 64]);
}

static bool is_started;

static enum sevl_result stream(const uint8_t key[SEVL_HMAC_KEY_SIZE], const uint8_t *text,
                               size_t size, uint8_t mac[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 sha256;
    enum sevl_result result = sevl_hmac_start(&sha256, key);
    is_started = result == SEVL_OK;
    PROVE(is_started != failed);
    if (is_started)
        result = sevl_sha256_update(&sha256, text, size);
    if (result == SEVL_OK)
        result = sevl_hmac_finish(&sha256, key, mac);
    prove_zero(&sha256, sizeof sha256);
    return result;
}

static enum sevl_result prepare(const uint8_t key[SEVL_HMAC_KEY_SIZE], const uint8_t *text,
                                size_t size, uint8_t mac[SEVL_SHA256_SIZE])
{
    struct sevl_hmac_pads pads;
    enum sevl_result result = sevl_hmac_prepare(&pads, key);
    is_started = result == SEVL_OK;
    PROVE(is_started != failed);
    if (!is_started) {
        prove_zero(&pads, sizeof pads);
        return result;
    }
    result = sevl_hmac_prepared(&pads, text, size, mac);
    if (result != SEVL_OK)
        prove_zero(mac, SEVL_SHA256_SIZE);
    return result;
}

static enum sevl_result compute(const uint8_t *key, const uint8_t *text, size_t size,
                                uint8_t mac[SEVL_SHA256_SIZE])
{
    key_size = any_below(SEVL_HMAC_KEY_MAX + 1);
    enum sevl_result result = sevl_hmac_compute(key, key_size, text, size, mac);
    if (result != SEVL_OK)
        prove_zero(mac, SEVL_SHA256_SIZE);
    return result;
}

int main(void)
{
    uint8_t key[SEVL_HMAC_KEY_MAX];
    uint8_t text[8];
    uint8_t mac[SEVL_SHA256_SIZE];
    bool is_stream = CASE == 0;
    size_t size = any_below(sizeof text + 1);
    kept[0] = text;
    kept[1] = mac;
    place = nondet_u64();

    enum sevl_result result = is_stream   ? stream(key, text, size, mac)
                              : CASE == 1 ? prepare(key, text, size, mac)
                                          : compute(key, text, size, mac);

    REACHES(result == SEVL_OK && is_stream);
    REACHES(result == SEVL_OK && CASE == 1);
    REACHES(result == SEVL_OK && CASE == 2 && key_size == 48);
    REACHES(is_started && result == SEVL_ERROR_CRYPTO && finishes == 1);
    prove_wiped();
    PROVE((result == SEVL_OK) == !failed);
    if (result != SEVL_OK) {
        PROVE(result == SEVL_ERROR_CRYPTO);
        if (finishes > 0)
            prove_zero(mac, sizeof mac);
        return 0;
    }
    PROVE(finishes == 2);
    prove_inner(key, text, size);
    prove_outer(key);
    size_t i = any_below(sizeof mac);
    PROVE(mac[i] == finished[1].hash[i]);
}
