/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_measurement_verify, over every launch, key, reported measurement and any HMAC, right or
 * failing: SEVL_MATCH if and only if the 32 bytes are equal, over the message that
 * AMD specifies. An HMAC that is left out without an error makes no match.
 * The comparison is Mbed TLS's own. Also sevl_measurement_compute, which it calls: the HMAC of
 * the message, or zeros and an error. No bounds: all sizes are fixed.
 */
#include "wipe_model.h"

#include <core/crypto/hmac.h>
#include <mbedtls/build_info.h>
#include <mbedtls/constant_time.h>

/* set_unequal() converts a negative number on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/sev/measurement.c>
#pragma CPROVER check pop

static uint8_t tik[SEVL_TIK_SIZE];
static uint8_t mac[SEVL_SHA256_SIZE];
static uint8_t authenticated[SEVL_MEASUREMENT_MESSAGE_SIZE];
static int next; /* of: start, update, finish */
static int computations;
static bool failed;      /* of any step so far */
static bool is_left_out; /* a MAC is missing, but no error was reported */

static enum sevl_result take_step(int step)
{
    bool fails = nondet_bool();
    PROVE(step == next);
    next = fails ? 0 : (step + 1) % 3;
    computations += !fails && step == 2;
    failed = failed || fails;
    return fails ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

enum sevl_result sevl_hmac_start(struct sevl_sha256 *sha256, const uint8_t key[SEVL_HMAC_KEY_SIZE])
{
    PROVE(key == tik);
    __CPROVER_havoc_object(sha256);
    return take_step(0);
}

enum sevl_result sevl_sha256_update(struct sevl_sha256 *sha256, const void *data, size_t size)
{
    PROVE(size == SEVL_MEASUREMENT_MESSAGE_SIZE);
    memcpy(authenticated, data, SEVL_MEASUREMENT_MESSAGE_SIZE);
    __CPROVER_havoc_object(sha256);
    return take_step(1);
}

enum sevl_result sevl_hmac_finish(struct sevl_sha256 *sha256, const uint8_t key[SEVL_HMAC_KEY_SIZE],
                                  uint8_t result[SEVL_SHA256_SIZE])
{
    PROVE(key == tik);
    memset(sha256, 0, sizeof *sha256);
    if (nondet_bool())
        memcpy(result, mac, SEVL_SHA256_SIZE);
    else
        is_left_out = true;
    watch(result, SEVL_SHA256_SIZE);
    enum sevl_result step = take_step(2);
    if (step != SEVL_OK)
        memset(result, 0, SEVL_SHA256_SIZE);
    return step;
}

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    return mbedtls_ct_memcmp(a, b, size) == 0;
}

enum sevl_result sevl_base64_decode(const char *text, size_t length, uint8_t *bytes, size_t size)
{
    return SEVL_ERROR_LENGTH;
}

static bool is_mac(const uint8_t measure[SEVL_MEASURE_SIZE])
{
    for (size_t i = 0; i < SEVL_MEASURE_SIZE; i++)
        if (measure[i] != mac[i])
            return false;
    return true;
}

/* AMD 55766, section 6.5.2. */
static void prove_layout(const struct sevl_launch *launch, const uint8_t *launch_digest,
                         const uint8_t *mnonce)
{
    const uint8_t *next = authenticated;
    size_t i = any_below(SEVL_SHA256_SIZE);
    size_t j = any_below(SEVL_MNONCE_SIZE);
    PROVE(next[0] == 0x04 && next[1] == launch->api_major && next[2] == launch->api_minor);
    PROVE(next[3] == launch->build);
    PROVE(next[4] == (launch->policy & 0xff) && next[5] == (launch->policy >> 8 & 0xff));
    PROVE(next[6] == (launch->policy >> 16 & 0xff) && next[7] == launch->policy >> 24);
    PROVE(next[8 + i] == launch_digest[i]);
    PROVE(next[40 + j] == mnonce[j]);
}

static void measure(void)
{
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    uint8_t result[SEVL_MEASURE_SIZE];
    size_t i = any_below(SEVL_MEASUREMENT_MESSAGE_SIZE);

    enum sevl_result measured = sevl_measurement_compute(tik, message, result);

    REACHES(measured == SEVL_OK);
    REACHES(measured == SEVL_ERROR_CRYPTO && computations == 0);
    PROVE(measured == (failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (measured != SEVL_OK) {
        prove_zero(result, sizeof result);
        return;
    }
    PROVE(computations == 1 && authenticated[i] == message[i]);
    PROVE(is_left_out || is_mac(result));
}

static void verify(void)
{
    struct sevl_launch launch;
    struct sevl_measurement reported;
    uint8_t launch_digest[SEVL_SHA256_SIZE];

    enum sevl_result result = sevl_measurement_verify(tik, &launch, launch_digest, &reported);

    REACHES(result == SEVL_MATCH);
    REACHES(result == SEVL_MISMATCH);
    REACHES(result == SEVL_ERROR_CRYPTO);
    prove_wiped();
    bool is_computed = computations == 2 && !failed;
    bool is_equal = is_mac(reported.measure) && !is_left_out;
    PROVE((result == SEVL_MATCH) == (is_computed && is_equal));
    PROVE(result == SEVL_MATCH || result == SEVL_MISMATCH || result == SEVL_ERROR_CRYPTO);
    PROVE(is_left_out || (result == SEVL_ERROR_CRYPTO) == !is_computed);
    if (is_computed)
        prove_layout(&launch, launch_digest, reported.mnonce);
}

int main(void)
{
    __CPROVER_havoc_object(tik);
    __CPROVER_havoc_object(mac);
    if (nondet_bool())
        verify();
    else
        measure();
}
