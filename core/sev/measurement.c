/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/measurement.h"

#include <string.h>

#include "base/bytes.h"
#include "base/compiler.h"
#include "base/text.h"
#include "crypto/constant_time.h"
#include "crypto/hmac.h"
#include "sevlaunch/base64.h"
#include "sevlaunch/wipe.h"
#include "verify_once.h"

_Static_assert(sizeof(struct sevl_measurement) == SEVL_MEASURE_SIZE + SEVL_MNONCE_SIZE,
               "a measurement is the 48 bytes that the host reports");

/* Domain separator of LAUNCH_MEASURE; LAUNCH_SECRET's is 0x01. */
#define MEASURE_TAG 0x04

/* 48 bytes are 64 characters, with no '=' to fill up. */
#define BASE64_LENGTH (sizeof(struct sevl_measurement) / 3 * 4)

/* Counts every character that is not blank, and keeps those that have room. */
static size_t strip_blanks(const char *text, size_t length, char stripped[BASE64_LENGTH])
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        if (sevl_is_blank(text[i]))
            continue;
        if (kept < BASE64_LENGTH)
            stripped[kept] = text[i];
        kept++;
    }
    return kept;
}

enum sevl_result sevl_measurement_from_base64(struct sevl_measurement *measurement,
                                              const char *text, size_t length)
{
    char stripped[BASE64_LENGTH];
    enum sevl_result result = SEVL_ERROR_LENGTH;
    if (strip_blanks(text, length, stripped) == BASE64_LENGTH)
        result = sevl_base64_decode(stripped, BASE64_LENGTH, (uint8_t *)measurement,
                                    sizeof *measurement);
    if (result != SEVL_OK)
        memset(measurement, 0, sizeof *measurement);
    return result;
}

void sevl_measurement_message(const struct sevl_launch *launch,
                              const uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE],
                              const uint8_t mnonce[SEVL_MNONCE_SIZE],
                              uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE])
{
    message[0] = MEASURE_TAG;
    message[1] = launch->api_major;
    message[2] = launch->api_minor;
    message[3] = launch->build;
    sevl_put32(message + 4, launch->policy);
    memcpy(message + 8, launch_digest, SEVL_LAUNCH_DIGEST_SIZE);
    memcpy(message + 8 + SEVL_LAUNCH_DIGEST_SIZE, mnonce, SEVL_MNONCE_SIZE);
}

enum sevl_result sevl_measurement_compute(const uint8_t tik[SEVL_TIK_SIZE],
                                          const uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE],
                                          uint8_t measure[SEVL_MEASURE_SIZE])
{
    struct sevl_sha256 sha256;
    enum sevl_result result = sevl_hmac_start(&sha256, tik);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&sha256, message, SEVL_MEASUREMENT_MESSAGE_SIZE);
    if (result == SEVL_OK)
        return sevl_hmac_finish(&sha256, tik, measure);
    memset(measure, 0, SEVL_MEASURE_SIZE);
    return result;
}

/* No computation that was left out can leave a buffer of these bytes equal to `from`. */
static void set_unequal(uint8_t to[SEVL_MEASURE_SIZE], const uint8_t from[SEVL_MEASURE_SIZE])
{
    for (size_t i = 0; i < SEVL_MEASURE_SIZE; i++)
        to[i] = (uint8_t)~from[i];
}

/* Not inlined, so that what calls it twice has it computed twice. */
SEVL_NOINLINE enum sevl_result
sevl_measurement_verify_once(const uint8_t tik[SEVL_TIK_SIZE], const struct sevl_launch *launch,
                             const uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE],
                             const struct sevl_measurement *reported)
{
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    uint8_t computed[SEVL_MEASURE_SIZE];
    sevl_measurement_message(launch, launch_digest, reported->mnonce, message);
    set_unequal(computed, reported->measure);
    enum sevl_result result = sevl_measurement_compute(tik, message, computed);
    if (result == SEVL_OK) {
        bool equal = sevl_constant_time_equal(computed, reported->measure, sizeof computed);
        result = equal ? SEVL_MATCH : SEVL_MISMATCH;
    }
    sevl_wipe(computed, sizeof computed);
    return result;
}

/*
 * A fault may make the CPU skip an instruction, so the MEASURE is computed twice. The
 * verdict is the bits that both results share: where the comparison of the two is what
 * is skipped, two different results still do not give SEVL_MATCH.
 */
enum sevl_result sevl_measurement_verify(const uint8_t tik[SEVL_TIK_SIZE],
                                         const struct sevl_launch *launch,
                                         const uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE],
                                         const struct sevl_measurement *reported)
{
    volatile enum sevl_result first =
        sevl_measurement_verify_once(tik, launch, launch_digest, reported);
    volatile enum sevl_result second =
        sevl_measurement_verify_once(tik, launch, launch_digest, reported);
    if (first != second)
        return SEVL_ERROR_CRYPTO;
    return (enum sevl_result)(first & second);
}
