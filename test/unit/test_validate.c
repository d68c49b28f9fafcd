/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Makes one call fail, of Mbed TLS or of the platform. Whatever fails, the command never
 * reports a success for what it did not do.
 */
#include <errno.h>
#include <sevlaunch/base64.h>
#include <sevlaunch/sev/measurement.h>
#include <sevlaunch/sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "port.h"
#include "support.h"
#include "tables.h"
#include "validate.h"

bool __wrap_port_open(struct port_source *source, const char *name);
bool __real_port_open(struct port_source *source, const char *name);
bool __wrap_port_read(struct port_source *source, void *buffer, size_t size, size_t *got);
bool __real_port_read(struct port_source *source, void *buffer, size_t size, size_t *got);
bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);
bool __wrap_port_create(struct port_sink *sink, const char *name, enum port_readers readers);
bool __real_port_create(struct port_sink *sink, const char *name, enum port_readers readers);
bool __wrap_port_write(struct port_sink *sink, const void *bytes, size_t size);
bool __real_port_write(struct port_sink *sink, const void *bytes, size_t size);
bool __wrap_port_commit(struct port_sink sinks[], size_t count);
bool __real_port_commit(struct port_sink sinks[], size_t count);
bool __wrap_port_random(void *bytes, size_t size);
bool __real_port_random(void *bytes, size_t size);

static const char nowhere[] = "/nonexistent/name";

static int calls;
static int failing_call;
static bool lost_answer; /* on standard output; an error message may be lost */
static bool lost_all;
static bool counts_too_much; /* a failing read reports more bytes than requested */

static char said[65536];
static size_t said_length;

static bool fails(void)
{
    return ++calls == failing_call;
}

bool __wrap_port_open(struct port_source *source, const char *name)
{
    return __real_port_open(source, fails() ? nowhere : name);
}

bool __wrap_port_read(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    bool is_wrong = fails();
    *got = is_wrong && counts_too_much ? size + 1 : 0;
    return is_wrong ? counts_too_much : __real_port_read(source, buffer, size, got);
}

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    if (fails()) {
        lost_answer = stream == PORT_OUT;
        lost_all = true;
        return false;
    }
    assert_true(said_length + length < sizeof said);
    memcpy(said + said_length, text, length);
    said_length += length;
    said[said_length] = '\0';
    return true;
}

bool __wrap_port_create(struct port_sink *sink, const char *name, enum port_readers readers)
{
    return __real_port_create(sink, fails() ? nowhere : name, readers);
}

bool __wrap_port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    if (!fails())
        return __real_port_write(sink, bytes, size);
    sink->error = EIO;
    return false;
}

bool __wrap_port_commit(struct port_sink sinks[], size_t count)
{
    if (!fails())
        return __real_port_commit(sinks, count);
    for (size_t i = 0; i < count; i++)
        port_abandon(&sinks[i]);
    sinks[count - 1].error = EIO;
    return false;
}

bool __wrap_port_random(void *bytes, size_t size)
{
    return !fails() && __real_port_random(bytes, size);
}

static const uint8_t tik[SEVL_TIK_SIZE] = "the TIK, 16 byt";
static const struct sevl_launch launch = {1, 51, 13, 3};
static char firmware[70000];
static unsigned char memory[65536];
static size_t memory_size;

static char match[SEVL_BASE64_SIZE(sizeof(struct sevl_measurement))];
static char mismatch[sizeof match];

static void write_file(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void measure(char text[sizeof match], const char *launched, size_t size)
{
    struct sevl_sha256 digest;
    struct sevl_measurement measurement = {.mnonce = "the nonce"};
    uint8_t hash[SEVL_SHA256_SIZE];
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&digest, launched, size), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&digest, hash), SEVL_OK);
    sevl_measurement_message(&launch, hash, measurement.mnonce, message);
    assert_int_equal(sevl_measurement_compute(tik, message, measurement.measure), SEVL_OK);
    assert_int_equal(sevl_base64_encode((const uint8_t *)&measurement, sizeof measurement, text,
                                        sizeof match),
                     SEVL_OK);
}

/* A table with a reset address: see guest/ovmf.h. */
static void put_footer_table(void)
{
    char *table = firmware + sizeof firmware - 32 - 40;
    table[0] = 0x10;
    table[4] = 4 + 18;
    memcpy(table + 6, guids[RESET].bytes, sizeof guids[RESET].bytes);
    table[22] = 4 + 18 + 18;
    memcpy(table + 24, guids[FOOTER].bytes, sizeof guids[FOOTER].bytes);
}

static const char domain[] =
    "<domain><os><loader>/other</loader></os><launchSecurity type='sev'><policy>3</policy>"
    "<dhCert>A</dhCert><session>B</session></launchSecurity></domain>";

static char folder[] = "/tmp/sevlaunch-XXXXXX";
static const char *const names[] = {"fw",   "page", "pages", "tk",      "tik",    "tek",
                                    "disk", "info", "xml",   "cmdline", "header", "payload"};

static int make_files(void **state)
{
    (void)state;
    static const uint8_t tek[SEVL_TEK_SIZE] = "the TEK, 16 byt";
    char info[256];
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return -1;
    memcpy(firmware, "firmware", 8);
    put_footer_table();
    measure(match, firmware, sizeof firmware);
    measure(mismatch, "another", 7);
    write_file("fw", firmware, sizeof firmware);
    write_file("page", firmware, 4096);
    write_file("tik", tik, sizeof tik);
    write_file("tek", tek, sizeof tek);
    uint8_t tk[SEVL_TEK_SIZE + SEVL_TIK_SIZE];
    memcpy(tk, tek, sizeof tek);
    memcpy(tk + sizeof tek, tik, sizeof tik);
    write_file("tk", tk, sizeof tk);
    write_file("disk", "a pass phrase", 13);
    write_file("cmdline", "quiet", 5);
    int length = snprintf(info, sizeof info,
                          "sev-measurement: %s\nsev-api-major: 1\nsev-api-minor: 51\n"
                          "sev-build-id: 13\nsev-policy: 3\n",
                          match);
    write_file("info", info, (size_t)length);
    write_file("xml", domain, sizeof domain - 1);
    return 0;
}

static int remove_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)unlink(names[i]);
    return chdir("/") + rmdir(folder);
}

/* One run in which the n-th call of the platform, or of Mbed TLS, fails; 0: none. */
static enum cli_code run(const char *const arguments[], int failing_port, int failing_crypto)
{
    const struct cli_buffer buffer = {memory, memory_size};
    calls = 0;
    failing_call = failing_port;
    lost_answer = lost_all = false;
    said_length = 0;
    said[0] = '\0';
    fail_crypto_call(failing_crypto);
    return validate(arguments, buffer);
}

static int set_memory(void **state)
{
    (void)state;
    memory_size = sizeof memory;
    return 0;
}

#define GIVEN                                                                                     \
    "--api-major=1", "--api-minor=51", "--build-id=13", "--policy=3", "--firmware=fw", "--tk=tk", \
        "--measurement"
#define GIVEN_ES "--policy=7", "--firmware=fw"
#define KEYED "--api-major=1", "--api-minor=51", "--build-id=13", "--tk=tk"
#define PACKET "--secret-header=header", "--secret-payload=payload"
#define BOOT "--kernel=fw", "--initrd=page", "--cmdline-file=cmdline"

/* Runs that succeed if nothing fails. */
static const char *const *const successes[] = {
    (const char *const[]){GIVEN, match, NULL},
    (const char *const[]){GIVEN, match, "--quiet", NULL},
    (const char *const[]){GIVEN, match, "--json", NULL},
    (const char *const[]){"--launch-info=info", "--firmware=fw", "--tik=tik", "--tek=tek", NULL},
    (const char *const[]){GIVEN, match, "--domain-xml=xml", "--json", NULL},
    (const char *const[]){GIVEN, match, "--inject-secret=luks-key:disk", PACKET, NULL},
    (const char *const[]){GIVEN, match, "--inject-secret=luks-key:disk", PACKET, "--quiet", NULL},
    (const char *const[]){GIVEN, match, "--vmsa-out=pages", "--cpu-type=EPYC", "--num-cpus=2",
                          NULL},
    (const char *const[]){GIVEN_ES, "--cpu-type=EPYC", "--num-cpus=2", "--kernel=fw",
                          "--cmdline=quiet splash", "--print-digest=hex", NULL},
    (const char *const[]){GIVEN_ES, "--cpu-type=EPYC", "--num-cpus=1", BOOT, "--print-digest=hex",
                          NULL},
    (const char *const[]){GIVEN_ES, KEYED, "--vmsa-cpu0=page", "--vmsa-cpu1=page", "--num-cpus=2",
                          "--print-measurement=base64", "--nonce=00112233445566778899aabbccddeeff",
                          NULL},
    (const char *const[]){"--self-test", NULL},
    (const char *const[]){"--self-test", "--quiet", NULL},
    (const char *const[]){"--help", NULL},
    (const char *const[]){"--version", NULL},
};

/* Only a line on standard error may be lost in a success. */
static void assert_no_failure_ends_in_success(void)
{
    for (size_t i = 0; i < sizeof successes / sizeof *successes; i++) {
        assert_int_equal(run(successes[i], 0, 0), CLI_SUCCESS);
        int all = calls;
        for (int n = 1; n <= all; n++) {
            enum cli_code code = run(successes[i], n, 0);
            assert_true(calls >= n);
            if (code != CLI_FAILED && (code != CLI_SUCCESS || lost_answer || !lost_all))
                fail_msg("run %zu: %d when call %d fails: %s", i, code, n, said);
        }
    }
}

static void no_failure_of_the_platform_ends_in_success(void **state)
{
    (void)state;
    assert_no_failure_ends_in_success();
    counts_too_much = true;
    assert_no_failure_ends_in_success();
    counts_too_much = false;
}

static void no_failure_of_mbedtls_ends_in_success(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof successes / sizeof *successes; i++) {
        assert_int_equal(run(successes[i], 0, 0), CLI_SUCCESS);
        int all = crypto_calls();
        for (int n = 1; n <= all; n++) {
            assert_int_equal(run(successes[i], 0, n), CLI_FAILED);
            assert_null(strstr(said, "OK: Injected"));
        }
    }
}

/* What --debug shows is not the verdict: it may be missing, but not wrong. */
static void debug_lines_that_are_missing_change_nothing(void **state)
{
    (void)state;
    const char *const arguments[] = {GIVEN, match, "--debug", NULL};
    assert_int_equal(run(arguments, 0, 0), CLI_SUCCESS);
    int all = crypto_calls();
    int matches = 0;
    for (int n = 1; n <= all; n++)
        matches += run(arguments, 0, n) == CLI_SUCCESS;
    assert_in_range(matches, 1, all - 4);
}

static bool is_no(enum cli_code code)
{
    return code == CLI_MISMATCH || code == CLI_FAILED;
}

/* A diagnosis that stops early does not turn a no into a yes either. */
static void no_failure_turns_a_mismatch_around(void **state)
{
    (void)state;
    const char *const *const runs[] = {
        (const char *const[]){GIVEN, mismatch, NULL},
        (const char *const[]){GIVEN, mismatch, "--json", NULL},
        (const char *const[]){GIVEN, mismatch, "--debug", NULL},
    };
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        assert_int_equal(run(runs[i], 0, 0), CLI_MISMATCH);
        int all = calls;
        int all_crypto = crypto_calls();
        for (int n = 1; n <= all; n++)
            assert_true(is_no(run(runs[i], n, 0)));
        for (int n = 1; n <= all_crypto; n += n < 30 ? 1 : 1 + all_crypto / 20)
            assert_true(is_no(run(runs[i], 0, n)));
    }
}

static void a_page_needs_memory(void **state)
{
    (void)state;
    const char *const arguments[] = {GIVEN_ES, "--vmsa-cpu0=page", "--num-cpus=1",
                                     "--print-digest=hex", NULL};
    memory_size = 4096 + 256;
    assert_int_equal(run(arguments, 0, 0), CLI_SUCCESS);
    memory_size--;
    assert_int_equal(run(arguments, 0, 0), CLI_FAILED);
    assert_string_equal(said, "ERROR: --vmsa-cpu0: this machine has too little memory\n");
}

static void two_pages_in_a_file_need_memory_for_both(void **state)
{
    (void)state;
    const char *const arguments[] = {GIVEN_ES, "--vmsa-cpu0=pages", "--num-cpus=2",
                                     "--print-digest=hex", NULL};
    write_file("pages", firmware, (size_t)2 * 4096);
    memory_size = 2 * 4096 + 256;
    assert_int_equal(run(arguments, 0, 0), CLI_SUCCESS);
    memory_size--;
    assert_int_equal(run(arguments, 0, 0), CLI_FAILED);
    assert_string_equal(said, "ERROR: --vmsa-cpu0: this machine has too little memory\n");
}

static void secrets_need_memory(void **state)
{
    (void)state;
    const char *const arguments[] = {GIVEN, match, "--inject-secret=luks-key:disk", PACKET, NULL};
    memory_size = 2 * 64;
    assert_int_equal(run(arguments, 0, 0), CLI_SUCCESS);
    memory_size--;
    assert_int_equal(run(arguments, 0, 0), CLI_USAGE);
    memory_size = 1;
    assert_int_equal(run(arguments, 0, 0), CLI_USAGE);
    assert_non_null(strstr(said, "all secrets together take at most 0 bytes here"));
}

/* What it says begins with the text: a usage error that names the mistake. */
static void combinations_that_are_refused(void **state)
{
    (void)state;
    const struct {
        const char *const *arguments;
        const char *error;
    } refused[] = {
        {(const char *const[]){GIVEN, match, "--nonce=00", NULL},
         "ERROR: --nonce requires --print-measurement"},
        {(const char *const[]){GIVEN, match, "--json", "--print-digest=hex", NULL},
         "ERROR: --json is mutually exclusive with --print-digest"},
        {(const char *const[]){GIVEN, match, "--json", "--print-measurement=hex", NULL},
         "ERROR: --json is mutually exclusive with --print-measurement"},
        {(const char *const[]){GIVEN, match, "--secret-padding=minimal", NULL},
         "ERROR: --secret-padding requires --inject-secret"},
        {(const char *const[]){GIVEN, match, "--vmm=gce", "--cpu-type=EPYC", NULL},
         "ERROR: --cpu-type has no effect on CPUs with --vmm gce"},
        {(const char *const[]){GIVEN, match, "--vmsa-cpu0=page", "--num-cpus=2", NULL},
         "ERROR: --vmsa-cpu1 is required: there are more CPUs than one"},
        {(const char *const[]){GIVEN, match, "--cpu-stepping=1", NULL},
         "ERROR: --cpu-family N is required"},
        {(const char *const[]){GIVEN, match, "--vmsa-out=-", "--cpu-type=EPYC", NULL},
         "ERROR: --vmsa-out: expected a file to write, got '-'"},
        {(const char *const[]){GIVEN, match, "--secret-header=-", "--secret-payload=payload", NULL},
         "ERROR: --secret-header: expected a file to write, got '-'"},
        {(const char *const[]){GIVEN, match, PACKET,
                               "--inject-secret=00000000-0000-0000-0000-000000000000:disk", NULL},
         "ERROR: --inject-secret: expected luks-key:PATH or GUID:PATH"},
        {(const char *const[]){GIVEN, match, "--secret-header=././b", "--secret-payload=.//b",
                               NULL},
         "ERROR: --secret-header and --secret-payload name the same file"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(run(refused[i].arguments, 0, 0), CLI_USAGE);
        if (strncmp(said, refused[i].error, strlen(refused[i].error)) != 0)
            fail_msg("expected %s, got %s", refused[i].error, said);
    }
}

static void names_that_differ_after_a_dot_are_of_two_files(void **state)
{
    (void)state;
    const char *const arguments[] = {GIVEN,
                                     match,
                                     "--inject-secret=luks-key:disk",
                                     "--secret-header=./header",
                                     "--secret-payload=./.payload",
                                     NULL};
    assert_int_equal(run(arguments, 0, 0), CLI_SUCCESS);
    assert_int_equal(unlink(".payload"), 0);
}

static void what_was_ruled_out_is_told(void **state)
{
    (void)state;
    const char *const arguments[] = {GIVEN, mismatch, "--num-cpus=2", "--cpu-type=EPYC", NULL};
    assert_int_equal(run(arguments, 0, 0), CLI_MISMATCH);
    assert_non_null(strstr(said, "SEV taken for SEV-ES"));
    assert_null(strstr(said, "another number of CPUs"));
}

static void no_arguments_are_too_few(void **state)
{
    (void)state;
    said_length = 0;
    fail_crypto_call(failing_call = 0);
    assert_int_equal(app_main(0, NULL), CLI_USAGE);
    assert_non_null(strstr(said, "required"));
}

/*
 * All combinations of these, given and left out. Where two have the same name, the later one
 * wins.
 */
enum choice {
    RIGHT,   /* a measurement of this launch */
    WRONG,   /* one of another */
    REPORT,  /* all that the host reports, the measurement included */
    PARTIAL, /* a report without a measurement */
    VERSIONS,
    POLICY,
    FIRMWARE,
    TK,
    TIK,
    TEK,
    DIGEST, /* to print */
    MEASURE,
    NONCE,
    JSON,
    SECRET,
    OUTPUTS, /* of a packet */
    QUIET,
    VERSION,
    CHOICES
};

struct choices {
    uint32_t given;
};

static bool has(struct choices choices, enum choice choice)
{
    return (choices.given >> choice & 1) != 0;
}

static void write_choices(struct choices choices, const char *arguments[])
{
    static char right[16 + sizeof match];
    static char wrong[16 + sizeof mismatch];
    const char *const words[CHOICES][3] = {
        [RIGHT] = {right},
        [WRONG] = {wrong},
        [REPORT] = {"--launch-info=info"},
        [PARTIAL] = {"--launch-info=partial"},
        [VERSIONS] = {"--api-major=1", "--api-minor=51", "--build-id=13"},
        [POLICY] = {"--policy=3"},
        [FIRMWARE] = {"--firmware=fw"},
        [TK] = {"--tk=tk"},
        [TIK] = {"--tik=tik"},
        [TEK] = {"--tek=tek"},
        [DIGEST] = {"--print-digest=hex"},
        [MEASURE] = {"--print-measurement=hex"},
        [NONCE] = {"--nonce=00112233445566778899aabbccddeeff"},
        [JSON] = {"--json"},
        [SECRET] = {"--inject-secret=luks-key:disk"},
        [OUTPUTS] = {PACKET},
        [QUIET] = {"--quiet"},
        [VERSION] = {"--version"},
    };
    size_t used = 0;
    (void)snprintf(right, sizeof right, "--measurement=%s", match);
    (void)snprintf(wrong, sizeof wrong, "--measurement=%s", mismatch);
    arguments[used++] = "--no-hints";
    for (int i = 0; i < CHOICES; i++)
        for (size_t j = 0; j < 3 && has(choices, (enum choice)i) && words[i][j] != NULL; j++)
            arguments[used++] = words[i][j];
    arguments[used] = NULL;
}

static size_t count_lines(void)
{
    size_t lines = 0;
    for (size_t i = 0; i < said_length; i++)
        lines += said[i] == '\n' ? 1U : 0U;
    return lines;
}

static bool says(const char *text)
{
    return strstr(said, text) != NULL;
}

/* Returns true if the measurement that counts is right. */
static bool is_right(struct choices choices)
{
    if (has(choices, RIGHT) || has(choices, WRONG))
        return !has(choices, WRONG);
    return has(choices, REPORT) && !has(choices, PARTIAL);
}

static bool has_a_verdict(struct choices choices)
{
    if (has(choices, JSON))
        return says("\"verdict\": \"match\"");
    return has(choices, QUIET) || says("OK: Looks good to me\n");
}

/* Returns true if exactly the requested values were printed, a line each. */
static bool asks_for_expected_values(struct choices choices)
{
    static const enum choice needs_verdict[] = {RIGHT, WRONG,  REPORT, PARTIAL,
                                                JSON,  SECRET, OUTPUTS};
    for (size_t i = 0; i < sizeof needs_verdict / sizeof *needs_verdict; i++)
        if (has(choices, needs_verdict[i]))
            return false;
    bool has_keys = has(choices, TK) || has(choices, TIK) || has(choices, TEK);
    size_t values = (has(choices, DIGEST) ? 1U : 0U) + (has(choices, MEASURE) ? 1U : 0U);
    return values > 0 && count_lines() == values && !says("OK") &&
           (has(choices, MEASURE) || (!has_keys && !has(choices, VERSIONS)));
}

static bool is_version_alone(struct choices choices)
{
    return (choices.given & ~(1U << QUIET)) == 1U << VERSION && says("sevlaunch");
}

/*
 * A 0 means a match, or what nobody can mistake for one. The count of matches: a right
 * measurement, and versions and policy from options or launch information, can be given in
 * 13 ways; keys in 3 without a secret, with files for one or without, and in 2 with both;
 * JSON, or a set of values to print, in 5; quiet or not. The digest alone can be
 * printed in 1 way; the measurement, with the digest or without, in 6, since the keys can be
 * given in 3; quiet or not.
 */
static void a_success_is_a_verdict_or_what_was_asked_for(void **state)
{
    (void)state;
    size_t verdicts = 0;
    size_t values = 0;
    const char *arguments[3 * CHOICES];
    write_file("partial", "sev-policy: 3\n", 14);
    for (struct choices choices = {0}; choices.given < 1U << CHOICES; choices.given++) {
        write_choices(choices, arguments);
        enum cli_code code = run(arguments, 0, 0);
        bool matches = is_right(choices) && has_a_verdict(choices);
        bool expects = asks_for_expected_values(choices);
        if (code == CLI_SUCCESS && !matches && !expects && !is_version_alone(choices))
            fail_msg("%#x ends with 0 and says: %s", (unsigned)choices.given, said);
        verdicts += code == CLI_SUCCESS && matches ? 1U : 0U;
        values += code == CLI_SUCCESS && expects ? 1U : 0U;
    }
    assert_int_equal(verdicts, 13 * (2 * 3 + 2) * 5 * 2);
    assert_int_equal(values, (1 + 6) * 2);
    assert_int_equal(unlink("partial"), 0);
}

static void the_version_is_told_alone(void **state)
{
    (void)state;
    const char *const alone[] = {"--version", "--debug", NULL};
    const char *const beside[] = {"--version", "--json", NULL};
    assert_int_equal(run(alone, 0, 0), CLI_SUCCESS);
    assert_int_equal(run(beside, 0, 0), CLI_USAGE);
    assert_string_equal(said, "ERROR: --version validates no guest: give it alone\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(no_failure_of_the_platform_ends_in_success, set_memory),
        cmocka_unit_test_setup(no_failure_of_mbedtls_ends_in_success, set_memory),
        cmocka_unit_test_setup(debug_lines_that_are_missing_change_nothing, set_memory),
        cmocka_unit_test_setup(no_failure_turns_a_mismatch_around, set_memory),
        cmocka_unit_test_setup(combinations_that_are_refused, set_memory),
        cmocka_unit_test_setup(names_that_differ_after_a_dot_are_of_two_files, set_memory),
        cmocka_unit_test_setup(what_was_ruled_out_is_told, set_memory),
        cmocka_unit_test_setup(a_success_is_a_verdict_or_what_was_asked_for, set_memory),
        cmocka_unit_test_setup(the_version_is_told_alone, set_memory),
        cmocka_unit_test(no_arguments_are_too_few),
        cmocka_unit_test(a_page_needs_memory),
        cmocka_unit_test(two_pages_in_a_file_need_memory_for_both),
        cmocka_unit_test(secrets_need_memory),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
