/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The program that --then of `sevlaunch` names, on a platform in memory: it is loaded after a
 * match and in no other case, before the match is told.
 */
#include <stdio.h>
#include <string.h>

#include "amd_whole.h"
#include "cli/text.h"
#include "image.h"
#include "memory_port/memory.h"
#include "subcommands.h"

#define SUMMER 1780272000 /* 2026-06-01 */

static char fingerprint[] = "--ark-fingerprint=                                                "
                            "                                                ";
static char measurement[] = "--measurement=                                                "
                            "                                                ";
static char expected[] = "--expect=                                                "
                         "                                                ";
static struct image image;
static struct memory_file files[6];
static unsigned char memory[32768];

/* One run in which the n-th call of the platform fails; 0: none. */
static enum cli_code run_with(const char *const words[], unsigned failing_call)
{
    const struct cli_buffer buffer = {memory, sizeof memory};
    memory_start((struct memory_setting){.files = files,
                                         .count = sizeof files / sizeof *files,
                                         .time = SUMMER,
                                         .failing_call = failing_call});
    enum cli_code code = sevlaunch(words, buffer);
    memory_check_end();
    return code;
}

#define RUN(...) run_with((const char *const[]){__VA_ARGS__, NULL}, 0)
#define THEN "--then=next.efi"
#define TRUST "--certs=vcek", "--certs=ask", "--certs=ark", "--crl=crl", fingerprint
#define VERIFY "snp-verify", "--report=report", TRUST, measurement
#define GUEST "-ffw", "-n2", "--cpu-type=EPYC"
#define EXPECT "snp-digest", GUEST, expected

static int make_files(void **state)
{
    const struct known_amd *amd = &amds[0];
    (void)state;
    make_snp_image(&image);
    files[0] = (struct memory_file){"report", amd->reports[0], sizeof amd->reports[0]};
    files[1] = (struct memory_file){"vcek", amd->vcek.bytes, amd->vcek.size};
    files[2] = (struct memory_file){"ask", amd->ask.bytes, amd->ask.size};
    files[3] = (struct memory_file){"ark", amd->ark.bytes, amd->ark.size};
    files[4] = (struct memory_file){"crl", amd->crl.bytes, amd->crl.size};
    files[5] = (struct memory_file){"fw", image.bytes, image.size};
    text_from_bytes(fingerprint + 18, amd->fingerprint, sizeof amd->fingerprint);
    text_from_bytes(measurement + 14, amd->reports[0] + 0x90, 48);
    assert_int_equal(RUN("snp-digest", GUEST), CLI_SUCCESS);
    assert_int_equal(memory_printed(PORT_OUT).length, 97);
    memcpy(expected + 9, memory_printed(PORT_OUT).text, 96);
    return 0;
}

static void it_follows_a_match(void **state)
{
    (void)state;
    assert_int_equal(RUN(VERIFY), CLI_SUCCESS);
    assert_null(memory_next());
    assert_int_equal(RUN(VERIFY, THEN), CLI_SUCCESS);
    assert_string_equal(memory_next(), "next.efi");
    assert_int_equal(memory_count_lines(PORT_OUT, "OK: the report is genuine"), 1);
    assert_int_equal(RUN(VERIFY, THEN, "--json", "--quiet"), CLI_SUCCESS);
    assert_string_equal(memory_next(), "next.efi");
    assert_int_equal(RUN(EXPECT), CLI_SUCCESS);
    assert_null(memory_next());
    assert_int_equal(RUN(EXPECT, THEN), CLI_SUCCESS);
    assert_string_equal(memory_next(), "next.efi");
    assert_int_equal(memory_count_lines(PORT_OUT, "OK: the measurement is the launch digest"), 1);
}

static void it_follows_no_mismatch(void **state)
{
    (void)state;
    assert_int_equal(RUN(VERIFY, THEN, "--vmpl=3"), CLI_MISMATCH);
    assert_null(memory_next());
    assert_int_equal(RUN(VERIFY, THEN, "--vmpl=3", "--json", "--quiet"), CLI_MISMATCH);
    assert_null(memory_next());
    assert_int_equal(RUN(EXPECT, THEN, "-n1"), CLI_MISMATCH);
    assert_null(memory_next());
    assert_int_equal(RUN(EXPECT, THEN, "-n1", "--json"), CLI_MISMATCH);
    assert_null(memory_next());
}

static void assert_refused(const char *error)
{
    assert_int_equal(memory_count_lines(PORT_ERR, error), 1);
    assert_int_equal(memory_printed(PORT_OUT).length, 0);
    assert_null(memory_next());
}

/* A report of anybody's guest is not enough; values alone are no verdict; many reports give many;
 * and a report that nobody verified, none. */
static void it_follows_no_other_success(void **state)
{
    (void)state;
    assert_int_equal(RUN("snp-digest", GUEST, THEN), CLI_USAGE);
    assert_refused("ERROR: --then requires --expect");
    assert_int_equal(RUN("snp-digest", GUEST, "--report=report", THEN), CLI_USAGE);
    assert_refused("ERROR: --then requires --expect");
    assert_int_equal(RUN("snp-verify", "--batch=report", TRUST, "--no-measurement", THEN),
                     CLI_USAGE);
    assert_refused("ERROR: --then is mutually exclusive with --batch");
    assert_int_equal(RUN("snp-verify", "--report=report", TRUST, "--no-measurement", THEN),
                     CLI_USAGE);
    assert_refused("ERROR: --then is mutually exclusive with --no-measurement");
    assert_int_equal(RUN("sev-digest", "-ffw", THEN), CLI_USAGE);
    assert_refused("ERROR: ");
    assert_int_equal(RUN("snp-verify", THEN, "--help"), CLI_SUCCESS);
    assert_int_equal(memory_count_lines(PORT_OUT, "      --then PATH "), 1);
    assert_null(memory_next());
}

static bool is_refused(void)
{
    return memory_count_lines(PORT_ERR, "ERROR: cannot start 'next.efi': it failed") == 1;
}

/* If one call fails, it does not follow; without it, nothing is told. */
static void check_failures(const char *const words[])
{
    unsigned refusals = 0;
    unsigned failures = 0;
    for (unsigned n = 1; n <= 60; n++) {
        enum cli_code code = run_with(words, n);
        assert_true(memory_has_failed() ? code > CLI_MISMATCH : code == CLI_SUCCESS);
        assert_true(memory_printed(PORT_OUT).length == 0 || memory_next() != NULL);
        assert_true(!is_refused() || memory_next() == NULL);
        failures += memory_has_failed();
        refusals += is_refused();
    }
    assert_in_range(failures, 5, 59);
    assert_int_equal(refusals, 1);
}

static void it_follows_no_failure(void **state)
{
    (void)state;
    check_failures((const char *const[]){VERIFY, THEN, NULL});
    check_failures((const char *const[]){EXPECT, THEN, NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_follows_a_match),
        cmocka_unit_test(it_follows_no_mismatch),
        cmocka_unit_test(it_follows_no_other_success),
        cmocka_unit_test(it_follows_no_failure),
    };
    return cmocka_run_group_tests(tests, make_files, NULL);
}
