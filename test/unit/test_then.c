/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The program that --then names, on a platform in memory: it is loaded after a match and in
 * no other case, and what else was asked for is done, or it is not started.
 */
#include <sevlaunch/base64.h>
#include <sevlaunch/sev/measurement.h>
#include <stdio.h>
#include <string.h>

#include "memory_port/memory.h"
#include "support.h"
#include "validate.h"

#define DIGEST "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static const uint8_t tk[SEVL_TEK_SIZE + SEVL_TIK_SIZE] = "the TEK, 16 bytethe TIK, 16 byte";
static const struct memory_file files[] = {{"tk", tk, sizeof tk}, {"disk", tk, 10}};
static char measurement[14 + SEVL_BASE64_SIZE(sizeof(struct sevl_measurement))] = "--measurement=";
static unsigned char memory[65536];

static int measure(void **state)
{
    const struct sevl_launch launch = {1, 51, 13, 3};
    struct sevl_measurement reported = {.mnonce = "the nonce"};
    uint8_t digest[SEVL_SHA256_SIZE];
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof digest; i++)
        digest[i] = (uint8_t)i;
    sevl_measurement_message(&launch, digest, reported.mnonce, message);
    if (sevl_measurement_compute(tk + SEVL_TEK_SIZE, message, reported.measure) != SEVL_OK)
        return -1;
    return sevl_base64_encode((const uint8_t *)&reported, sizeof reported, measurement + 14,
                              sizeof measurement - 14) == SEVL_OK
               ? 0
               : -1;
}

/* One run in which the n-th call of the platform fails; 0: none. */
static enum cli_code run_with(const char *const words[], unsigned failing_call)
{
    const struct cli_buffer buffer = {memory, sizeof memory};
    memory_start((struct memory_setting){.files = files,
                                         .count = sizeof files / sizeof *files,
                                         .random = 1,
                                         .failing_call = failing_call});
    enum cli_code code = validate(words, buffer);
    memory_check_end();
    return code;
}

static void assert_said(enum port_stream stream, const char *text)
{
    struct memory_text printed = memory_printed(stream);
    assert_int_equal(printed.length, strlen(text));
    assert_memory_equal(printed.text, text, printed.length);
}

#define THEN "--then=next.efi"
#define GUEST "--policy=3", "--launch-digest=" DIGEST
#define GIVEN GUEST, "--api-major=1", "--api-minor=51", "--build-id=13", "--tk=tk", measurement
#define PACKET "--inject-secret=luks-key:disk", "--secret-header=header", "--secret-payload=payload"
#define RUN(...) run_with((const char *const[]){__VA_ARGS__, NULL}, 0)

static void it_follows_a_match(void **state)
{
    (void)state;
    assert_int_equal(RUN(GIVEN), CLI_SUCCESS);
    assert_null(memory_next());
    assert_int_equal(RUN(GIVEN, THEN), CLI_SUCCESS);
    assert_string_equal(memory_next(), "next.efi");
    assert_said(PORT_OUT, "OK: Looks good to me\n");
    assert_int_equal(RUN(GIVEN, THEN, "--quiet", PACKET), CLI_SUCCESS);
    assert_string_equal(memory_next(), "next.efi");
    assert_non_null(memory_written("header"));
    assert_int_equal(RUN(GIVEN, THEN, "--print-digest=hex"), CLI_SUCCESS);
    assert_string_equal(memory_next(), "next.efi");
}

static void it_follows_no_mismatch(void **state)
{
    (void)state;
    assert_int_equal(RUN(GIVEN, THEN, "--build-id=14"), CLI_MISMATCH);
    assert_null(memory_next());
    assert_int_equal(RUN(GIVEN, THEN, "--build-id=14", "--json", "--quiet"), CLI_MISMATCH);
    assert_null(memory_next());
}

static void it_follows_no_other_success(void **state)
{
    (void)state;
    assert_int_equal(RUN(GUEST, "--print-digest=hex"), CLI_SUCCESS);
    assert_int_equal(RUN(GUEST, "--print-digest=hex", THEN), CLI_USAGE);
    assert_null(memory_next());
    assert_int_equal(RUN("--version", THEN), CLI_USAGE);
    assert_said(PORT_ERR, "ERROR: --version validates no guest: give it alone\n");
    assert_null(memory_next());
    assert_int_equal(RUN("--self-test", THEN), CLI_USAGE);
    assert_null(memory_next());
    assert_int_equal(RUN(THEN, "--help"), CLI_SUCCESS);
    assert_int_equal(memory_count_lines(PORT_OUT, "      --then PATH "), 1);
    assert_null(memory_next());
}

static void no_output_replaces_it(void **state)
{
    (void)state;
    assert_int_equal(RUN(GIVEN, PACKET, "--then=payload"), CLI_USAGE);
    assert_said(PORT_ERR, "ERROR: --secret-payload and --then name the same file\n");
    assert_null(memory_next());
}

static bool is_refused(void)
{
    return memory_count_lines(PORT_ERR, "ERROR: cannot start 'next.efi': it failed") == 1;
}

/* If one call fails, it does not follow; a packet is written only if it is there to follow. */
static void it_follows_no_failure(void **state)
{
    const char *const words[] = {GIVEN, THEN, PACKET, "--json", NULL};
    unsigned refusals = 0;
    unsigned failures = 0;
    (void)state;
    for (unsigned n = 1; n <= 40; n++) {
        enum cli_code code = run_with(words, n);
        assert_int_equal(code, memory_has_failed() ? CLI_FAILED : CLI_SUCCESS);
        assert_true(memory_written("header") == NULL || memory_next() != NULL);
        assert_true(!is_refused() || memory_next() == NULL);
        failures += memory_has_failed();
        refusals += is_refused();
    }
    assert_in_range(failures, 10, 39);
    assert_int_equal(refusals, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_follows_a_match),          cmocka_unit_test(it_follows_no_mismatch),
        cmocka_unit_test(it_follows_no_other_success), cmocka_unit_test(no_output_replaces_it),
        cmocka_unit_test(it_follows_no_failure),
    };
    return cmocka_run_group_tests(tests, measure, NULL);
}
