/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Does the command `sevlaunch` notice that a hash or a print failed, whichever it was? */
#include <errno.h>
#include <sevlaunch/snp/id_block.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "amd_whole.h"
#include "cli/text.h"
#include "guest_report.h"
#include "image.h"
#include "subcommands.h"

#define HEX8 "0123456789abcdef"

static unsigned char memory[32768];
static const struct cli_buffer buffer = {memory, sizeof memory};
static int prints;
static int failing_print;
static int answers;     /* lines of them */
static char answer[97]; /* how the last one begins */
static bool said_dates; /* that they were not checked */
static bool said_null;  /* that no hints were looked for */

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);
bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    static const char dates[] = "Not checked: revocation, crl-age, dates, ";
    static const char hints[] = "  \"hints\": null";
    if (stream != PORT_OUT)
        return true;
    if (length > sizeof dates && memcmp(text, dates, sizeof dates - 1) == 0)
        said_dates = true;
    if (length >= sizeof hints - 1 && memcmp(text, hints, sizeof hints - 1) == 0)
        said_null = true;
    memcpy(answer, text, length < sizeof answer - 1 ? length : sizeof answer - 1);
    answers++;
    return ++prints != failing_print;
}

bool __real_port_size(const struct port_source *source, uint64_t *size);
bool __wrap_port_size(const struct port_source *source, uint64_t *size);
static int64_t size_is_wrong_by;

bool __wrap_port_size(const struct port_source *source, uint64_t *size)
{
    bool is_known = __real_port_size(source, size);
    *size += (uint64_t)size_is_wrong_by;
    return is_known;
}

static int writes;
static int failing_write;

bool __wrap_port_write(struct port_sink *sink, const void *bytes, size_t size);
bool __real_port_write(struct port_sink *sink, const void *bytes, size_t size);
bool __wrap_port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    if (++writes != failing_write)
        return __real_port_write(sink, bytes, size);
    sink->error = EIO;
    return false;
}

#define FINGERPRINT "--ark-fingerprint="
static char fingerprint[sizeof FINGERPRINT + 96] = FINGERPRINT;
static char measurement[97]; /* of the genuine report */

static bool has_no_clock;

bool __real_port_time(uint64_t *seconds);
bool __wrap_port_time(uint64_t *seconds);
bool __wrap_port_time(uint64_t *seconds)
{
    if (!has_no_clock)
        return __real_port_time(seconds);
    *seconds = 0;
    return false;
}

bool __wrap_port_get_report(struct port_report *report, const struct port_report_request *request);
bool __wrap_port_get_report(struct port_report *report, const struct port_report_request *request)
{
    report->way = "a test";
    report->bytes[0] = 3;
    memcpy(report->bytes + 0x50, request->data, sizeof request->data);
    report->size = 1184;
    report->table_size = 48;
    memset(report->table, 1, report->table_size);
    return true;
}

static void write_file(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void write_firmware(void)
{
    struct image image;
    make_snp_image(&image);
    write_file("fw", image.bytes, image.size);
}

/* The first key of the tables; and a signature that is none of a key. */
static void write_key(void)
{
    static const uint8_t start[24] = {0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86,
                                      0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b,
                                      0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04};
    uint8_t key[24 + 96];
    memcpy(key, start, sizeof start);
    memcpy(key + 24, ecdsa_answers[0].x, 48);
    memcpy(key + 72, ecdsa_answers[0].y, 48);
    write_file("key", key, sizeof key);
    write_file("signature", key, 96);
}

/* Of CPUs, and of two keys; and an ID block. */
static void write_pages(void)
{
    static const struct sevl_cpu cpu = {.sev_features = 0x21};
    static const struct sevl_snp_id_signer signer = {.key = {1}};
    static const struct sevl_snp_id_block block = {.policy = 0};
    uint8_t pages[2][SEVL_VMSA_SIZE];
    uint8_t bytes[SEVL_SNP_ID_BLOCK_SIZE];
    for (size_t i = 0; i < 2; i++)
        sevl_vmsa_build(&cpu, SEVL_RESET_ADDRESS_CPU0, 0, pages[i], sizeof pages[i]);
    write_file("page", pages, sizeof pages[0]);
    write_file("pages", pages, sizeof pages);
    sevl_snp_id_auth_write(&signer, &signer, pages[0]);
    write_file("auth", pages, sizeof pages[0]);
    sevl_snp_id_block_write(&block, bytes);
    write_file("block", bytes, sizeof bytes);
}

static enum cli_code run(const char *const words[])
{
    prints = answers = writes = 0;
    return sevlaunch(words, buffer);
}

#define DIGEST "snp-digest", "-f", "fw", "-n", "2", "--cpu-type", "EPYC", "-k", "kernel"
static char value[97]; /* of it, with no command line */

/* A report with this value. */
static void write_report(void)
{
    static const char *const words[] = {DIGEST, NULL};
    uint8_t report[1184] = {3};
    assert_int_equal(run(words), CLI_SUCCESS);
    memcpy(value, answer, sizeof value);
    assert_true(text_to_bytes(value, report + 0x90, 48));
    write_file("reported", report, sizeof report);
}

/* What an AMD of the tests' own made for a chip, and an HCL report that claims nothing. */
static void write_evidence(void)
{
    static const char manifest[] =
        "{\"type\": \"sevlaunch-reference-values\", \"schema\": 1, \"technology\": "
        "\"sev-snp\", \"values\": [{\"measurement\": \"" HEX8 HEX8 HEX8 HEX8 HEX8 HEX8 "\"}]}";
    const struct known_amd *amd = &amds[0];
    uint8_t hcl[32 + 1184 + 20] = {'H', 'C', 'L', 'A'};
    memcpy(hcl + 32, amd->reports[0], 1184);
    hcl[32 + 1184 + 8] = 2;
    hcl[32 + 1184 + 12] = 2;
    write_file("report", amd->reports[0], 1184);
    write_file("hcl384", hcl, sizeof hcl);
    hcl[32 + 1184 + 12] = 1;
    write_file("hcl256", hcl, sizeof hcl);
    write_file("manifest", manifest, sizeof manifest - 1);
    write_file("vcek", amd->vcek.bytes, amd->vcek.size);
    write_file("ask", amd->ask.bytes, amd->ask.size);
    write_file("ark", amd->ark.bytes, amd->ark.size);
    write_file("crl", amd->crl.bytes, amd->crl.size);
    text_from_bytes(measurement, amd->reports[0] + 0x90, 48);
    text_from_bytes(fingerprint + sizeof FINGERPRINT - 1, amd->fingerprint, 48);
}

static char folder[] = "/tmp/sevlaunch-XXXXXX";

static int make_files(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return -1;
    write_firmware();
    write_file("two", (const uint8_t[8192]){0}, 8192);
    write_file("kernel", "kernel", 6);
    write_file("cmdline", "quiet", 5);
    write_pages();
    write_key();
    write_report();
    write_evidence();
    return 0;
}

static int remove_files(void **state)
{
    static const char *const names[] = {"fw",        "two",      "kernel", "cmdline", "key",
                                        "signature", "info",     "page",   "pages",   "auth",
                                        "block",     "reported", "report", "hcl256",  "hcl384",
                                        "manifest",  "vcek",     "ask",    "ark",     "crl",
                                        "own",       "own-certs"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)unlink(names[i]);
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static const char *const one[] = {DIGEST, "-e", "quiet", "--debug", NULL};
static const char *const file[] = {DIGEST, "--cmdline-file", "cmdline", "--format", "base64", NULL};
static const char *const many[] = {DIGEST,   "--cpu-type", "EPYC,EPYC-Rome",
                                   "--json", "--vmsa-fpu", "legacy,init2",
                                   NULL};
static const char *const expected[] = {DIGEST, "--expect", value, NULL};
static const char *const reported[] = {DIGEST, "--report", "reported", NULL};
static const char *const other[] = {DIGEST, "-e", "x", "--report", "reported", "--json", NULL};
static const char *const two_pages[] = {DIGEST, "-f", "two", NULL};
static const char *const keep[] = {"snp-digest", "-f", "fw", "--firmware-info-out", "info", NULL};
static const char *const kept[] = {
    "snp-digest", "--firmware-info", "info", "-n", "2", "--cpu-type", "EPYC", "-k", "kernel", NULL};
static const char *const help[] = {"help", NULL};
static const char *const version[] = {"--version", NULL};

#define SEV "sev-digest", "-f", "fw", "-k", "kernel", "-e", "quiet"
static const char *const sev[] = {SEV, "--debug", NULL};
static const char *const sev_es[] = {SEV, "-n", "1-3", "--cpu-type", "EPYC,EPYC-Rome", NULL};
static const char *const joined[] = {SEV, "-n", "2", "-0", "pages", "--format", "base64", NULL};
static const char *const split[] = {SEV, "-n", "1-2", "-0", "page", "-1", "page", NULL};

static const char *const shows[][4] = {{"show", "fw", "--json", NULL},
                                       {"show", "fw", NULL},
                                       {"show", "info", "--json", NULL},
                                       {"show", "page", "--json", NULL},
                                       {"show", "pages", NULL},
                                       {"show", "auth", NULL},
                                       {"show", "block", "--json", NULL},
                                       {"show", "block", NULL},
                                       {"show", "report", "--json", NULL},
                                       {"show", "report", NULL},
                                       {"show", "hcl256", NULL},
                                       {"show", "ark", "--json", NULL},
                                       {"show", "vcek", NULL},
                                       {"show", "crl", "--json", NULL},
                                       {"show", "crl", NULL}};
#define SHOWS (sizeof shows / sizeof *shows)

#define BLOCK "snp-id-block", "-m", HEX8 HEX8 HEX8 HEX8 HEX8 HEX8, "--id-key", "key"
static const char *const key_alone[] = {BLOCK, NULL};
static const char *const key_json[] = {BLOCK, "--json", NULL};
static const char *const forged[] = {BLOCK, "--id-signature", "signature", NULL};

#define TRUSTED(report)                                                                      \
    "snp-verify", "--report", report, "--certs", "vcek", "--certs", "ask", "--certs", "ark", \
        "--crl", "crl", "--time", "2026-06-01", fingerprint
#define VERIFY(report) TRUSTED(report), "--no-measurement"
#define CHOSEN TRUSTED("report"), "-f", "fw", "-n", "2", "--cpu-type", "EPYC", "-k", "kernel"
static const char *const genuine[] = {VERIFY("report"), NULL};
static const char *const verdict[] = {VERIFY("report"), "--json", "--debug", NULL};
static const char *const claims_256[] = {VERIFY("hcl256"), NULL};
static const char *const claims_384[] = {VERIFY("hcl384"), NULL};
static const char *const fleet[] = {
    "snp-verify", "--report",    "report",     "--certs",
    "vcek",       "--certs",     "ask",        "--certs",
    "ark",        "--time",      "2026-06-01", "--report-data-hash",
    "kernel",     "--reference", "manifest",   "--allow-unpinned-intermediate",
    fingerprint,  NULL};
static const char *const chosen[] = {CHOSEN, "-m", measurement, NULL};
static const char *const other_chosen[] = {CHOSEN, "--json", NULL};
static const char *timeless[] = {"snp-verify",
                                 "--report",
                                 "report",
                                 "--certs",
                                 "vcek",
                                 "--certs",
                                 "ask",
                                 "--certs",
                                 "ark",
                                 "--crl",
                                 "crl",
                                 "--no-measurement",
                                 "--allow-unpinned-intermediate",
                                 fingerprint,
                                 NULL,
                                 NULL};

static const char *const own[] = {"snp-report",  "--report-data-hash", "kernel",  "--out", "own",
                                  "--certs-out", "own-certs",          "--debug", NULL};

/* Nothing is printed then, but the beginning of a document. `code` is that without a failure. */
static void assert_failures_are_noticed(const char *const words[], enum cli_code code,
                                        int answers_max)
{
    fail_crypto_call(0);
    assert_int_equal(run(words), code);
    int calls = crypto_calls();
    assert_true(calls > 0);
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(run(words), CLI_FAILED);
        assert_true(answers <= answers_max);
    }
    fail_crypto_call(0);
}

static void every_hash_that_fails_is_noticed(void **state)
{
    (void)state;
    assert_failures_are_noticed(one, CLI_SUCCESS, 0);
    assert_failures_are_noticed(file, CLI_SUCCESS, 0);
    assert_failures_are_noticed(many, CLI_SUCCESS, 1000);
    assert_failures_are_noticed(expected, CLI_SUCCESS, 0);
    assert_failures_are_noticed(keep, CLI_SUCCESS, 0);
    assert_failures_are_noticed(kept, CLI_SUCCESS, 0);
    assert_failures_are_noticed(sev, CLI_SUCCESS, 0);
    assert_failures_are_noticed(sev_es, CLI_SUCCESS, 1000);
    assert_failures_are_noticed(joined, CLI_SUCCESS, 0);
    assert_failures_are_noticed(split, CLI_SUCCESS, 1000);
    for (size_t i = 0; i < SHOWS; i++)
        assert_failures_are_noticed(shows[i], CLI_SUCCESS, 1000);
    assert_failures_are_noticed(key_alone, CLI_SUCCESS, 0);
    assert_failures_are_noticed(key_json, CLI_SUCCESS, 0);
    assert_failures_are_noticed(forged, CLI_MISMATCH, 0);
    assert_failures_are_noticed(genuine, CLI_SUCCESS, 0);
    assert_failures_are_noticed(verdict, CLI_SUCCESS, 0);
    assert_failures_are_noticed(claims_256, CLI_MISMATCH, 0);
    assert_failures_are_noticed(claims_384, CLI_MISMATCH, 0);
    assert_failures_are_noticed(fleet, CLI_MISMATCH, 0);
    assert_failures_are_noticed(chosen, CLI_SUCCESS, 0);
    assert_failures_are_noticed(own, CLI_SUCCESS, 0);
}

/* `matching` does what `words` do before their diagnosis. */
static void assert_diagnosis_is_left_out(const char *const words[], const char *const matching[])
{
    fail_crypto_call(0);
    assert_int_equal(run(words), CLI_MISMATCH);
    assert_memory_equal(answer, "}", 1);
    said_null = false;
    fail_crypto_call(0);
    assert_int_equal(run(matching), CLI_SUCCESS);
    fail_crypto_call(crypto_calls() + 20);
    assert_int_equal(run(words), CLI_MISMATCH);
    assert_memory_equal(answer, "}", 1);
    assert_true(said_null);
    fail_crypto_call(0);
}

/* The verdict stays what it is, and says that nothing was looked for. */
static void a_diagnosis_that_fails_is_left_out(void **state)
{
    (void)state;
    assert_diagnosis_is_left_out(other, expected);
    assert_diagnosis_is_left_out(other_chosen, chosen);
}

static void assert_lost_lines_are_noticed(const char *const words[])
{
    failing_print = 0;
    assert_int_equal(run(words), CLI_SUCCESS);
    int count = prints;
    assert_true(count > 0);
    for (failing_print = 1; failing_print <= count; failing_print++)
        assert_int_equal(run(words), CLI_FAILED);
    failing_print = 0;
}

static void every_line_that_is_lost_is_noticed(void **state)
{
    static const char *const *const all[] = {one,  file,    many,    expected, reported,  kept,
                                             sev,  sev_es,  joined,  split,    key_alone, key_json,
                                             help, version, genuine, verdict,  own};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_lost_lines_are_noticed(all[i]);
    for (size_t i = 0; i < SHOWS; i++)
        assert_lost_lines_are_noticed(shows[i]);
}

/* A platform may tell a wrong size, or the file grows while it is read. */
static void a_firmware_of_another_size_is_refused(void **state)
{
    static const int64_t differences[] = {-4096, 4096};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        size_is_wrong_by = differences[i];
        assert_int_equal(run(i == 0 ? two_pages : one), CLI_USAGE);
        assert_int_equal(answers, 0);
    }
    size_is_wrong_by = 0;
}

/* What was there before is there still. */
static void assert_lost_writes_are_noticed(const char *const words[])
{
    assert_int_equal(run(words), CLI_SUCCESS);
    int count = writes;
    assert_true(count > 0);
    for (failing_write = 1; failing_write <= count; failing_write++)
        assert_int_equal(run(words), CLI_FAILED);
    failing_write = 0;
}

static void every_write_that_fails_is_noticed(void **state)
{
    (void)state;
    assert_lost_writes_are_noticed(keep);
    assert_int_equal(run(kept), CLI_SUCCESS);
    assert_lost_writes_are_noticed(own);
}

/* Of the firmware, it takes more time than the value. */
static void no_sha256_is_computed_that_is_not_told(void **state)
{
    static const char *words[] = {"snp-digest", "-f", "fw", "-n1", "--cpu-type=EPYC", NULL, NULL};
    (void)state;
    assert_int_equal(run(words), CLI_SUCCESS);
    assert_int_equal(largest_update(), 0);
    words[5] = "--json";
    assert_int_equal(run(words), CLI_SUCCESS);
    assert_int_equal(largest_update(), 4096);
}

static void what_has_no_room_is_not_shown(void **state)
{
    (void)state;
    const struct cli_buffer small = {memory, 16384};
    assert_int_equal(sevlaunch(shows[0], small), CLI_FAILED);
}

static void without_a_clock_dates_are_not_checked(void **state)
{
    (void)state;
    assert_int_equal(run(timeless), CLI_SUCCESS);
    assert_false(said_dates);
    has_no_clock = true;
    assert_int_equal(run(timeless), CLI_SUCCESS);
    timeless[sizeof timeless / sizeof *timeless - 2] = "--json";
    assert_int_equal(run(timeless), CLI_SUCCESS);
    timeless[sizeof timeless / sizeof *timeless - 2] = "--max-age=365d";
    assert_int_equal(run(timeless), CLI_USAGE);
    has_no_clock = false;
    assert_true(said_dates);
}

/* A platform may have none, not even a name. */
static void no_words_are_a_usage_error(void **state)
{
    static const char *const words[] = {"sevlaunch", NULL};
    (void)state;
    assert_int_equal(app_main(0, words + 1), CLI_USAGE);
    assert_int_equal(app_main(1, words), CLI_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_hash_that_fails_is_noticed, no_faults),
        cmocka_unit_test_setup(a_diagnosis_that_fails_is_left_out, no_faults),
        cmocka_unit_test_setup(every_line_that_is_lost_is_noticed, no_faults),
        cmocka_unit_test_setup(a_firmware_of_another_size_is_refused, no_faults),
        cmocka_unit_test_setup(every_write_that_fails_is_noticed, no_faults),
        cmocka_unit_test_setup(no_sha256_is_computed_that_is_not_told, no_faults),
        cmocka_unit_test_setup(what_has_no_room_is_not_shown, no_faults),
        cmocka_unit_test_setup(without_a_clock_dates_are_not_checked, no_faults),
        cmocka_unit_test_setup(no_words_are_a_usage_error, no_faults),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
