/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/measurement.h>
#include <string.h>

#include "sev/vectors.h"
#include "support.h"

#define VECTORS (sizeof sevl_vectors / sizeof *sevl_vectors)

/* Bytes 0 to 47, encoded by coreutils. */
static const char base64[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v";
static const char plus_and_slash[] =
    "++++////++++////++++////++++////++++////++++////++++////++++////";

static enum sevl_result parse(const char *text, struct sevl_measurement *measurement)
{
    memset(measurement, 0xff, sizeof *measurement);
    return sevl_measurement_from_base64(measurement, text, strlen(text));
}

static void assert_counts_up(const struct sevl_measurement *measurement)
{
    for (size_t i = 0; i < sizeof *measurement; i++)
        assert_int_equal(((const uint8_t *)measurement)[i], i);
}

static void assert_refused(const char *text, enum sevl_result expected)
{
    struct sevl_measurement measurement;
    assert_int_equal(parse(text, &measurement), expected);
    assert_true(is_zero(&measurement, sizeof measurement));
}

static void base64_of_48_bytes_is_read(void **state)
{
    (void)state;
    struct sevl_measurement measurement;
    assert_int_equal(parse(base64, &measurement), SEVL_OK);
    assert_counts_up(&measurement);
    assert_int_equal(measurement.mnonce[0], 32);
    assert_int_equal(parse(plus_and_slash, &measurement), SEVL_OK);
    assert_int_equal(measurement.measure[0], 0xfb);
    assert_int_equal(measurement.mnonce[15], 0xff);
}

/* One blank of each kind at every place. */
static void blanks_are_skipped_anywhere(void **state)
{
    (void)state;
    const char blanks[] = " \t\r\n";
    for (size_t at = 0; at <= strlen(base64); at++)
        for (size_t b = 0; b < strlen(blanks); b++) {
            struct sevl_measurement measurement;
            char text[sizeof base64 + 1] = {0};
            memcpy(text, base64, at);
            text[at] = blanks[b];
            memcpy(text + at + 1, base64 + at, strlen(base64) - at);
            assert_int_equal(parse(text, &measurement), SEVL_OK);
            assert_counts_up(&measurement);
        }
}

static bool is_of_alphabet(int c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
}

/* Every character that base64 does not have, at every place. */
static void other_characters_are_refused(void **state)
{
    (void)state;
    for (size_t at = 0; at < strlen(base64); at++)
        for (int c = 0; c < 256; c++) {
            struct sevl_measurement measurement;
            char text[sizeof base64];
            if (is_of_alphabet(c) || strchr(" \t\r\n=", c) != NULL)
                continue;
            memcpy(text, base64, sizeof base64);
            text[at] = (char)c;
            assert_int_equal(sevl_measurement_from_base64(&measurement, text, strlen(base64)),
                             SEVL_ERROR_ENCODING);
            assert_true(is_zero(&measurement, sizeof measurement));
        }
}

static void other_lengths_are_refused(void **state)
{
    (void)state;
    char text[sizeof base64 + 5] = {0};
    for (size_t length = 0; length < strlen(base64); length++) {
        memset(text, 0, sizeof text);
        memcpy(text, base64, length);
        assert_refused(text, SEVL_ERROR_LENGTH);
    }
    for (size_t more = 1; more <= 4; more++) {
        memcpy(text, base64, strlen(base64));
        memset(text + strlen(base64), 'A', more);
        assert_refused(text, SEVL_ERROR_LENGTH);
    }
}

static void padding_is_refused(void **state)
{
    (void)state;
    char text[sizeof base64];
    memcpy(text, base64, sizeof base64);
    text[63] = '=';
    assert_refused(text, SEVL_ERROR_LENGTH);
    text[62] = '=';
    assert_refused(text, SEVL_ERROR_LENGTH);
    text[61] = '=';
    assert_refused(text, SEVL_ERROR_ENCODING);
    memcpy(text, base64, sizeof base64);
    text[62] = '=';
    assert_refused(text, SEVL_ERROR_ENCODING);
}

static void the_message_has_each_field_in_its_place(void **state)
{
    (void)state;
    const struct sevl_launch launch = {.api_major = 0xa1,
                                       .api_minor = 0xa2,
                                       .build = 0xa3,
                                       .policy = UINT32_C(0xa7a6a5a4)};
    const uint8_t fields[] = {0x04, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7};
    uint8_t digest[SEVL_SHA256_SIZE];
    uint8_t mnonce[SEVL_MNONCE_SIZE];
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE + 1];
    for (uint8_t i = 0; i < sizeof digest; i++)
        digest[i] = (uint8_t)(0x20 + i);
    for (uint8_t i = 0; i < sizeof mnonce; i++)
        mnonce[i] = (uint8_t)(0x80 + i);

    message[SEVL_MEASUREMENT_MESSAGE_SIZE] = 0x55;
    sevl_measurement_message(&launch, digest, mnonce, message);
    assert_memory_equal(message, fields, 8);
    assert_memory_equal(message + 8, digest, 32);
    assert_memory_equal(message + 40, mnonce, 16);
    assert_int_equal(message[SEVL_MEASUREMENT_MESSAGE_SIZE], 0x55);
}

static enum sevl_result verify(const struct sevl_vector *vector)
{
    return sevl_measurement_verify(vector->tik, &vector->launch, vector->launch_digest,
                                   &vector->reported);
}

static void known_launches_match(void **state)
{
    (void)state;
    for (size_t v = 0; v < VECTORS; v++) {
        const struct sevl_vector *vector = &sevl_vectors[v];
        uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
        uint8_t measure[SEVL_MEASURE_SIZE];
        assert_int_equal(verify(vector), SEVL_MATCH);
        sevl_measurement_message(&vector->launch, vector->launch_digest, vector->reported.mnonce,
                                 message);
        assert_int_equal(sevl_measurement_compute(vector->tik, message, measure), SEVL_OK);
        assert_memory_equal(measure, vector->reported.measure, sizeof measure);
    }
}

static void assert_bits_matter(const struct sevl_vector *vector, size_t offset, size_t size)
{
    for (size_t bit = 0; bit < 8 * size; bit++) {
        struct sevl_vector forged = *vector;
        ((uint8_t *)&forged)[offset + bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(verify(&forged), SEVL_MISMATCH);
    }
}

#define assert_every_bit_matters(vector, field) \
    assert_bits_matter(vector, offsetof(struct sevl_vector, field), sizeof(vector)->field)

static void any_flipped_bit_is_a_mismatch(void **state)
{
    (void)state;
    for (size_t v = 0; v < VECTORS; v++) {
        const struct sevl_vector *vector = &sevl_vectors[v];
        assert_every_bit_matters(vector, tik);
        assert_every_bit_matters(vector, launch.api_major);
        assert_every_bit_matters(vector, launch.api_minor);
        assert_every_bit_matters(vector, launch.build);
        assert_every_bit_matters(vector, launch.policy);
        assert_every_bit_matters(vector, launch_digest);
        assert_every_bit_matters(vector, reported);
    }
}

static void a_failing_hash_is_no_verdict(void **state)
{
    (void)state;
    struct sevl_vector mismatch = sevl_vectors[0];
    mismatch.reported.measure[0] ^= 1;
    fail_crypto_call(0);
    assert_int_equal(verify(&sevl_vectors[0]), SEVL_MATCH);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(verify(&sevl_vectors[0]), SEVL_ERROR_CRYPTO);
        fail_crypto_call(n);
        assert_int_equal(verify(&mismatch), SEVL_ERROR_CRYPTO);
    }
}

static enum sevl_result measure_zeros(uint8_t measure[SEVL_MEASURE_SIZE])
{
    const uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE] = {0};
    memset(measure, 0xff, SEVL_MEASURE_SIZE);
    return sevl_measurement_compute(sevl_vectors[0].tik, message, measure);
}

static void a_failing_hash_is_no_measure(void **state)
{
    (void)state;
    uint8_t measure[SEVL_MEASURE_SIZE];
    fail_crypto_call(0);
    assert_int_equal(measure_zeros(measure), SEVL_OK);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(measure_zeros(measure), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(measure, sizeof measure));
    }
}

/* What a faulty hash computes; a verifier that computes once does not notice. */
static void computations_that_differ_are_no_verdict(void **state)
{
    (void)state;
    fail_crypto_call(0);
    assert_int_equal(verify(&sevl_vectors[0]), SEVL_MATCH);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        skip_update(n);
        enum sevl_result expected = crypto_kind(n) == KIND_UPDATE ? SEVL_ERROR_CRYPTO : SEVL_MATCH;
        assert_int_equal(verify(&sevl_vectors[0]), expected);
    }
    skip_update(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_of_48_bytes_is_read),
        cmocka_unit_test(blanks_are_skipped_anywhere),
        cmocka_unit_test(other_characters_are_refused),
        cmocka_unit_test(other_lengths_are_refused),
        cmocka_unit_test(padding_is_refused),
        cmocka_unit_test(the_message_has_each_field_in_its_place),
        cmocka_unit_test_setup(known_launches_match, no_faults),
        cmocka_unit_test_setup(any_flipped_bit_is_a_mismatch, no_faults),
        cmocka_unit_test(a_failing_hash_is_no_verdict),
        cmocka_unit_test(a_failing_hash_is_no_measure),
        cmocka_unit_test(computations_that_differ_are_no_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
