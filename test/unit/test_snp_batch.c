/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does `sevlaunch snp-verify --batch` notice that a hash or a print failed, whichever it was; and
 * is what it remembers of a processor's key no answer at another time?
 */
#include <sevlaunch/base64.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amd_whole.h"
#include "cli/text.h"
#include "subcommands.h"
#include "support.h"

#define SUMMER 1780272000 /* 2026-06-01 */
#define WINTER 1798761600 /* 2027-01-01, when the list is in date for the last second */
#define LATER 2000000000  /* 2033-05-18: the certificate of the processor expired */

static unsigned char memory[65536];
static char printed[65536];
static size_t printed_size;
static int prints;
static int failing_print;

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);
bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    if (stream != PORT_OUT)
        return true;
    assert_true(length < sizeof printed - printed_size);
    memcpy(printed + printed_size, text, length);
    printed_size += length;
    printed[printed_size] = '\0';
    return ++prints != failing_print;
}

/* What the clock says, one call after another, up to a 1; then the last of it. 0: there is none. */
static const uint64_t *clock_says;

bool __wrap_port_time(uint64_t *seconds);
bool __wrap_port_time(uint64_t *seconds)
{
    *seconds = *clock_says;
    if (clock_says[1] != 1)
        clock_says++;
    return *seconds != 0;
}

static enum cli_code run(const char *const words[])
{
    prints = 0;
    printed_size = 0;
    printed[0] = '\0';
    return sevlaunch(words, (struct cli_buffer){memory, sizeof memory});
}

static void write_file(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void encode(char *text, size_t room, const void *bytes, size_t size)
{
    assert_int_equal(sevl_base64_encode(bytes, size, text, room), SEVL_OK);
}

/* Some that are the same, but for their ids. */
static void write_lines(const char *name, int count)
{
    const struct known_amd *amd = &amds[0];
    char report[2000];
    char vcek[4000];
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    encode(report, sizeof report, amd->reports[0], 1184);
    encode(vcek, sizeof vcek, amd->vcek.bytes, amd->vcek.size);
    for (int i = 0; i < count; i++)
        assert_true(fprintf(file, "{\"id\": \"%d\", \"report\": \"%s\", \"certs\": \"%s\"}\n", i,
                            report, vcek) > 0);
    assert_int_equal(fclose(file), 0);
}

#define FINGERPRINT "--ark-fingerprint="
static char fingerprint[sizeof FINGERPRINT + 96] = FINGERPRINT;
static char folder[] = "/tmp/sevlaunch-XXXXXX";

static int make_files(void **state)
{
    const struct known_amd *amd = &amds[0];
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return -1;
    write_lines("lines", 4);
    write_lines("line", 1);
    write_file("bad", "{}", 2);
    write_file("ask", amd->ask.bytes, amd->ask.size);
    write_file("ark", amd->ark.bytes, amd->ark.size);
    write_file("crl", amd->crl.bytes, amd->crl.size);
    text_from_bytes(fingerprint + sizeof FINGERPRINT - 1, amd->fingerprint, 48);
    return 0;
}

static int remove_files(void **state)
{
    static const char *const names[] = {"lines", "line", "bad", "ask", "ark", "crl"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)unlink(names[i]);
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

#define BATCH(lines)                                                                        \
    "snp-verify", "--batch", lines, "--certs", "ask", "--certs", "ark", "--no-measurement", \
        fingerprint
static const char *const batch[] = {BATCH("lines"), "--certs", "crl", NULL};
static const char *const single[] = {BATCH("line"), "--certs", "crl", NULL};
static const char *const with_list[] = {BATCH("lines"), "--crl", "crl", NULL};
static const char *const allowed[] = {BATCH("lines"), "--allow-unpinned-intermediate",
                                      "--known-keys", NULL};
static const char *const bad[] = {BATCH("bad"), NULL};
static const char *const no_root[] = {"snp-verify", "--batch",          "lines", "--certs",
                                      "ask",        "--no-measurement", NULL};

static const uint64_t summer[] = {SUMMER, 1};

/* Neither root, list, intermediate nor leaf are verified again. */
static void a_key_that_is_known_costs_two_hashes(void **state)
{
    const int of_hash = 3; /* begin, add, end: of the certificate, and of the report */
    (void)state;
    clock_says = summer;
    fail_crypto_call(0);
    assert_int_equal(run(single), CLI_SUCCESS);
    int first = crypto_calls();
    fail_crypto_call(0);
    assert_int_equal(run(batch), CLI_SUCCESS);
    assert_int_equal(crypto_calls() - first, 3 * 2 * of_hash);
}

static void every_hash_that_fails_is_noticed(void **state)
{
    (void)state;
    clock_says = summer;
    fail_crypto_call(0);
    assert_int_equal(run(batch), CLI_SUCCESS);
    int calls = crypto_calls();
    assert_true(calls > 0);
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(run(batch), CLI_FAILED);
        assert_null(strstr(printed, "\"3\"")); /* nothing is verified any more */
    }
    fail_crypto_call(0);
}

static void every_line_that_is_lost_is_noticed(void **state)
{
    static const char *const *const all[] = {batch, bad, no_root};
    (void)state;
    clock_says = summer;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        failing_print = 0;
        assert_int_not_equal(run(all[i]), CLI_FAILED);
        int count = prints;
        assert_true(count > 0);
        for (failing_print = 1; failing_print <= count; failing_print++) {
            assert_int_equal(run(all[i]), CLI_FAILED);
            assert_int_equal(prints, failing_print);
        }
    }
    failing_print = 0;
}

/* The start of a verdict, and which check failed first. */
static void assert_verdicts(const char *const words[], const uint64_t times[],
                            const char *const failed[4])
{
    const char *at = printed;
    clock_says = times;
    assert_int_equal(run(words), CLI_MISMATCH);
    for (int i = 0; i < 4; i++) {
        char id[64];
        char check[64];
        (void)snprintf(id, sizeof id, "\"id\": \"%d\", \"verdict\": \"%s\"", i,
                       failed[i] == NULL ? "passed" : "failed");
        (void)snprintf(check, sizeof check, "\"failed\": [{\"check\": \"%s\"", failed[i]);
        const char *found = strstr(at, id);
        assert_non_null(found);
        if (failed[i] != NULL)
            assert_memory_equal(strstr(found, "\"failed\": ["), check, strlen(check));
        at = found;
    }
}

/* The first of the times is that at which options are read. */
static void what_is_known_holds_while_the_lists_do(void **state)
{
    static const uint64_t times[] = {SUMMER, SUMMER, WINTER, WINTER + 1, SUMMER, 1};
    static const uint64_t backwards[] = {SUMMER, WINTER + 1, SUMMER, 0, 0, 1};
    static const uint64_t early[] = {SUMMER, 1500000000, SUMMER, SUMMER, 1500000000, 1};
    (void)state;
    assert_verdicts(batch, times, (const char *const[]){NULL, NULL, "intermediate", NULL});
    assert_verdicts(with_list, times, (const char *const[]){NULL, NULL, "revocation", NULL});
    assert_verdicts(batch, backwards,
                    (const char *const[]){"intermediate", NULL, "intermediate", "intermediate"});
    assert_verdicts(batch, early,
                    (const char *const[]){"intermediate", NULL, NULL, "intermediate"});
}

static void dates_of_a_key_that_is_known_count(void **state)
{
    static const uint64_t times[] = {SUMMER, SUMMER, LATER, 0, SUMMER, 1};
    (void)state;
    assert_verdicts(allowed, times, (const char *const[]){NULL, "dates", NULL, NULL});
    assert_non_null(strstr(printed,
                           "\"time\": null, \"failed\": [], \"not-made\": [\"revocation\", "
                           "\"crl-age\", \"claims\", \"dates\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_key_that_is_known_costs_two_hashes, no_faults),
        cmocka_unit_test_setup(every_hash_that_fails_is_noticed, no_faults),
        cmocka_unit_test_setup(every_line_that_is_lost_is_noticed, no_faults),
        cmocka_unit_test_setup(what_is_known_holds_while_the_lists_do, no_faults),
        cmocka_unit_test_setup(dates_of_a_key_that_is_known_count, no_faults),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
