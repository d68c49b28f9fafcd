/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A launch is measured as `actual` says. The diagnosis gets the owner's `reference`, which
 * differs from it.
 */
#include <sevlaunch/guest/cpu_types.h>
#include <sevlaunch/sev/diagnose.h>
#include <string.h>

#include "sev/verify_guess.h"
#include "support.h"
#include "tables.h"

#define PAGE 4096
#define RESET_ADDRESS 0x80b004
#define POLICY 0x10003
#define ES 0x4

static const uint8_t tek[SEVL_TEK_SIZE] = "the TEK, 16 byt";
static const uint8_t tik[SEVL_TIK_SIZE] = "the TIK, 16 byt";

static uint8_t pages[2][SEVL_VMSA_SIZE];
static uint8_t memory[1000];
static const struct sevl_scratch scratch = {memory, sizeof memory};

/* What the host does. */
static struct {
    struct sevl_sev_guest guest;
    struct sevl_launch launch;
    const uint8_t *tik;
} actual;

static struct sevl_reference_values reference;
static struct sevl_firmware_code code;
static struct sevl_evidence evidence;
static struct sevl_findings findings;

enum sevl_result __real_sevl_measurement_verify_guess(const struct sevl_hmac_pads *key,
                                                      const struct sevl_launch *launch,
                                                      const uint8_t *launch_digest,
                                                      const struct sevl_measurement *reported);
enum sevl_result __wrap_sevl_measurement_verify_guess(const struct sevl_hmac_pads *key,
                                                      const struct sevl_launch *launch,
                                                      const uint8_t *launch_digest,
                                                      const struct sevl_measurement *reported);

/* With it, a diagnosis hashes only guests. */
static bool guesses_are_wrong;

/* Blocks that a diagnosis may hash: by default enough for all but pairs of CPUs and versions. */
#define ALL UINT32_MAX
#define SINGLE_MISTAKES (200000 + 70 * SEVL_CPUS_MAX)
static uint32_t budget = SINGLE_MISTAKES;

/* The search: nothing is guessed behind a match, or an error. */
static bool is_over;

enum sevl_result __wrap_sevl_measurement_verify_guess(const struct sevl_hmac_pads *key,
                                                      const struct sevl_launch *launch,
                                                      const uint8_t *launch_digest,
                                                      const struct sevl_measurement *reported)
{
    assert_false(is_over);
    if (guesses_are_wrong)
        return SEVL_MISMATCH;
    enum sevl_result verdict =
        __real_sevl_measurement_verify_guess(key, launch, launch_digest, reported);
    is_over = verdict != SEVL_MISMATCH;
    return verdict;
}

static void append(struct sevl_sha256 *digest, const void *bytes, size_t size)
{
    assert_int_equal(sevl_sha256_update(digest, bytes, size), SEVL_OK);
}

static void hash(const void *bytes, size_t size, uint8_t result[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 digest;
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    append(&digest, bytes, size);
    assert_int_equal(sevl_sha256_finish(&digest, result), SEVL_OK);
}

static void append_firmware(struct sevl_sha256 *digest, size_t size)
{
    static const uint8_t page[2 * PAGE] = "firmware";
    append(digest, page, size);
}

/* Both have the same guest, with this many CPUs and bytes of firmware. */
static void make(uint32_t policy, uint32_t cpus, size_t firmware_size)
{
    memset(&reference, 0, sizeof reference);
    memset(&evidence, 0, sizeof evidence);
    struct sevl_sev_guest *guest = &reference.guest;
    assert_int_equal(sevl_sha256_init(&guest->firmware), SEVL_OK);
    append_firmware(&guest->firmware, firmware_size);
    guest->kernel = kernel_hashes;
    guest->cpus = cpus;
    guest->cpu = (struct sevl_cpu){.signature = sevl_cpu_types[2].signature};
    guest->reset_address = RESET_ADDRESS;
    reference.has_firmware = true;
    reference.firmware_size = firmware_size;
    evidence.launch = (struct sevl_launch){1, 51, 13, policy};
    assert_int_equal(sevl_cmdline_init(&reference.cmdline), SEVL_OK);
    actual.guest = *guest;
    actual.launch = evidence.launch;
    actual.tik = tik;
}

static void make_sev(void)
{
    make(POLICY, 0, PAGE);
}

static void make_es(void)
{
    make(POLICY | ES, 2, PAGE);
}

static void set_cmdline(const char *text, size_t size)
{
    assert_int_equal(sevl_cmdline_init(&reference.cmdline), SEVL_OK);
    assert_int_equal(sevl_cmdline_update(&reference.cmdline, text, size), SEVL_OK);
    assert_int_equal(sevl_cmdline_hash(&reference.cmdline, reference.guest.kernel.cmdline),
                     SEVL_OK);
}

static void make_boot(const char *text, size_t size)
{
    make_sev();
    reference.guest.has_kernel = true;
    set_cmdline(text, size);
    actual.guest = reference.guest;
}

/* Part by part, since a guest with more CPUs than allowed is hashed, too. */
static void digest_of(struct sevl_sev_guest guest, uint32_t policy,
                      uint8_t hashed[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 digest;
    uint32_t cpus = (policy & ES) == 0 ? 0 : guest.cpus;
    guest.cpus = 0;
    assert_int_equal(sevl_sev_launch_digest_start(&guest, &digest), SEVL_OK);
    if (cpus > 0)
        assert_int_equal(sevl_sev_launch_digest_append_cpu0(&guest, &digest, scratch), SEVL_OK);
    if (cpus > 1)
        assert_int_equal(sevl_sev_launch_digest_append_others(&guest, &digest, cpus - 1, scratch),
                         SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&digest, hashed), SEVL_OK);
}

static enum sevl_result diagnose_by(const uint8_t *given_tek, const uint8_t *given_tik)
{
    is_over = false;
    return sevl_diagnose(&reference, &evidence, given_tek, given_tik, scratch, budget, &findings);
}

static enum sevl_result diagnose(void)
{
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    uint8_t launched[SEVL_SHA256_SIZE];
    memset(&findings, 0xff, sizeof findings);
    digest_of(reference.guest, evidence.launch.policy, reference.launch_digest);
    digest_of(actual.guest, actual.launch.policy, launched);
    sevl_measurement_message(&actual.launch, launched, evidence.measurement.mnonce, message);
    assert_int_equal(sevl_measurement_compute(actual.tik, message, evidence.measurement.measure),
                     SEVL_OK);
    return diagnose_by(tek, tik);
}

static void assert_finding(uint32_t i, enum sevl_mistake mistake, uint32_t value)
{
    assert_int_equal(findings.finding[i].mistake, mistake);
    assert_int_equal(findings.finding[i].value, value);
}

static void assert_one(enum sevl_mistake mistake, uint32_t value)
{
    assert_int_equal(diagnose(), SEVL_OK);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.tried, 0);
    assert_finding(0, mistake, value);
}

static void assert_two(enum sevl_mistake first, uint32_t value, enum sevl_mistake second,
                       uint32_t other)
{
    assert_int_equal(diagnose(), SEVL_OK);
    assert_int_equal(findings.count, 2);
    assert_finding(0, first, value);
    assert_finding(1, second, other);
}

static void assert_nothing(void)
{
    assert_int_equal(diagnose(), SEVL_ERROR_ABSENT);
    assert_true(is_zero(&findings, offsetof(struct sevl_findings, tried)));
}

/* A mistake alone, with builds at both ends of what is tried, and with swapped keys. */
static void assert_with_others(enum sevl_mistake mistake, uint32_t value)
{
    assert_one(mistake, value);
    const uint8_t builds[] = {0, 12, 14, UINT8_MAX};
    for (size_t i = 0; i < sizeof builds; i++) {
        actual.launch.build = builds[i];
        assert_two(mistake, value, SEVL_MISTAKE_BUILD, builds[i]);
    }
    actual.launch.build = evidence.launch.build;
    actual.tik = tek;
    assert_two(mistake, value, SEVL_MISTAKE_KEYS_SWAPPED, 0);
    actual.launch.build++;
    assert_nothing();
    actual.launch.build--;
    actual.tik = tik;
}

static void what_no_mistake_explains_is_not_explained(void **state)
{
    (void)state;
    budget = ALL;
    make_sev();
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    make_boot("quiet\n", 6);
    reference.guest.cpus = actual.guest.cpus = 2;
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    make_es();
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    budget = SINGLE_MISTAKES;
}

/* Every other value is tried, but not the given one, which would match. */
static void a_match_has_no_mistake(void **state)
{
    (void)state;
    make_sev();
    assert_nothing();
    make_boot("quiet\n", 6);
    reference.guest.cpus = 2;
    assert_nothing();
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++) {
        make_es();
        reference.guest.cpu.signature = sevl_cpu_types[i].signature;
        actual.guest = reference.guest;
        assert_nothing();
    }
}

static void swapped_keys_and_builds(void **state)
{
    (void)state;
    make_sev();
    actual.tik = tek;
    assert_one(SEVL_MISTAKE_KEYS_SWAPPED, 0);
    for (uint32_t build = 0; build <= UINT8_MAX; build++) {
        if (build == evidence.launch.build)
            continue;
        actual.launch.build = (uint8_t)build;
        actual.tik = tik;
        assert_one(SEVL_MISTAKE_BUILD, build);
        actual.tik = tek;
        assert_two(SEVL_MISTAKE_KEYS_SWAPPED, 0, SEVL_MISTAKE_BUILD, build);
    }
}

/* ES of the policy says whether CPUs are measured: see below. */
static void two_bits_of_the_policy(void **state)
{
    (void)state;
    make_sev();
    for (unsigned bit = 0; bit < 32; bit++)
        for (unsigned other = 0; other <= bit; other++) {
            actual.launch.policy = POLICY ^ (UINT32_C(1) << bit | UINT32_C(1) << other);
            if ((actual.launch.policy & ES) == 0)
                assert_one(SEVL_MISTAKE_POLICY, actual.launch.policy);
        }
    actual.launch.policy = POLICY ^ 0xb;
    assert_nothing();
    actual.launch.policy = POLICY ^ 0x1;
    assert_with_others(SEVL_MISTAKE_POLICY, actual.launch.policy);
    actual.launch.policy = POLICY ^ 0x3;
    actual.launch.build++;
    assert_nothing();
}

static void es_and_another_bit_of_the_policy(void **state)
{
    (void)state;
    make(POLICY, 2, PAGE);
    for (unsigned bit = 0; bit < 32; bit++) {
        uint32_t flipped = ES | UINT32_C(1) << bit;
        actual.launch.policy = POLICY ^ flipped;
        assert_one(flipped == ES ? SEVL_MISTAKE_ES : SEVL_MISTAKE_POLICY, actual.launch.policy);
    }
    actual.launch.build++;
    assert_nothing();
    make_sev();
    actual.launch.policy = POLICY ^ ES ^ 1;
    assert_nothing();
}

/* Each other version that there is, with the build that is given and with another. */
static void versions_of_the_api(void **state)
{
    (void)state;
    budget = ALL;
    make_sev();
    for (uint32_t minor = 0; minor <= UINT8_MAX; minor++) {
        actual.launch = evidence.launch;
        actual.launch.api_minor = (uint8_t)minor;
        if (minor == 51)
            continue;
        assert_one(SEVL_MISTAKE_API_MINOR, minor);
        actual.launch.build = minor % 2 == 0 ? 0 : UINT8_MAX;
        assert_two(SEVL_MISTAKE_API_MINOR, minor, SEVL_MISTAKE_BUILD, actual.launch.build);
        actual.launch.api_major = 0;
        assert_int_equal(diagnose(), SEVL_OK);
        assert_int_equal(findings.count, 3);
        assert_finding(0, SEVL_MISTAKE_API_MAJOR, 0);
        assert_finding(1, SEVL_MISTAKE_API_MINOR, minor);
        assert_finding(2, SEVL_MISTAKE_BUILD, actual.launch.build);
    }
    actual.launch = evidence.launch;
    actual.launch.api_minor = 0;
    actual.tik = tek;
    assert_nothing();
    budget = SINGLE_MISTAKES;
}

static void major_versions_of_the_api(void **state)
{
    (void)state;
    for (uint8_t given = 0; given <= 2; given++)
        for (uint8_t major = 0; major <= 3; major++) {
            make_sev();
            evidence.launch.api_major = given;
            actual.launch.api_major = major;
            if (major == given || major > 1)
                assert_nothing();
            else
                assert_one(SEVL_MISTAKE_API_MAJOR, major);
        }
    make_sev();
    evidence.launch.api_major = actual.launch.api_major = UINT8_MAX;
    actual.launch.api_minor = UINT8_MAX;
    assert_one(SEVL_MISTAKE_API_MINOR, UINT8_MAX);
}

/* 0x19 is 25: who reads it as decimal gives 19. Neither has ES. */
static void numbers_in_the_other_base(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {
        {19, 0x19}, {0x19, 19}, {99999992, 0x99999992}, {0x99999992, 99999992}, {10, 0x10}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        make(pairs[i][0], 0, PAGE);
        actual.launch.policy = pairs[i][1];
        assert_with_others(SEVL_MISTAKE_POLICY_BASE, pairs[i][1]);
    }
    static const uint32_t others[][2] = {{0xfa, 160}, {100000000, 0}, {0xffffffff, 0}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        make(others[i][0], 0, PAGE);
        actual.launch.policy = others[i][1];
        assert_nothing();
    }
}

static void all_numbers_in_the_other_base(void **state)
{
    (void)state;
    make(19, 0, PAGE);
    evidence.launch = (struct sevl_launch){10, 51, 13, 19};
    actual.launch = (struct sevl_launch){0x10, 0x51, 0x13, 0x19};
    assert_int_equal(diagnose(), SEVL_OK);
    assert_int_equal(findings.count, 4);
    assert_finding(0, SEVL_MISTAKE_POLICY_BASE, 0x19);
    assert_finding(1, SEVL_MISTAKE_API_MAJOR, 0x10);
    assert_finding(2, SEVL_MISTAKE_API_MINOR, 0x51);
    assert_finding(3, SEVL_MISTAKE_BUILD, 0x13);
    actual.launch.api_major = 10;
    actual.launch.build = 13;
    assert_two(SEVL_MISTAKE_POLICY_BASE, 0x19, SEVL_MISTAKE_API_MINOR, 0x51);
    evidence.launch.api_minor = 0x51;
    actual.launch.api_minor = 51;
    assert_nothing();
    evidence.launch.api_minor = actual.launch.api_minor = 51;
    evidence.launch.build = 100; /* has no other reading of 8 bits */
    actual.launch.build = 0;
    assert_two(SEVL_MISTAKE_POLICY_BASE, 0x19, SEVL_MISTAKE_BUILD, 0);
    actual.launch.api_minor = 0x51;
    assert_nothing();
}

/* 16 is 0x10, without ES; 0x16 has it. */
static void es_in_the_other_base(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{16, 0x16}, {0x16, 16}};
    for (size_t i = 0; i < 2; i++) {
        make(pairs[i][0], 2, PAGE);
        actual.launch.policy = pairs[i][1];
        assert_with_others(SEVL_MISTAKE_POLICY_BASE, pairs[i][1]);
        actual.launch.build = 19; /* 0x13 */
        assert_two(SEVL_MISTAKE_POLICY_BASE, pairs[i][1], SEVL_MISTAKE_BUILD, 19);
    }
    make(16, 0, PAGE);
    actual.launch.policy = 0x16;
    assert_nothing();
    actual.launch.policy = 10; /* the other reading has no ES */
    assert_one(SEVL_MISTAKE_POLICY_BASE, 10);
}

static void other_kernels_and_initrds(void **state)
{
    (void)state;
    make_boot("quiet", 5);
    actual.guest.has_kernel = false;
    assert_with_others(SEVL_MISTAKE_KERNEL_UNMEASURED, 0);
    make_boot("quiet", 5);
    hash("", 0, actual.guest.kernel.initrd);
    assert_with_others(SEVL_MISTAKE_INITRD, 0);
    make_boot("quiet", 5);
    memcpy(actual.guest.kernel.kernel, reference.guest.kernel.initrd, SEVL_SHA256_SIZE);
    memcpy(actual.guest.kernel.initrd, reference.guest.kernel.kernel, SEVL_SHA256_SIZE);
    assert_with_others(SEVL_MISTAKE_KERNEL_EXCHANGED, 0);
    actual.guest.has_kernel = false;
    reference.guest.has_kernel = false;
    hash("", 0, actual.guest.kernel.cmdline);
    assert_nothing();
    actual.guest.has_kernel = true;
    assert_nothing();
}

#define VALUE(ending, cut, blanks) \
    ((uint32_t)SEVL_CMDLINE_##ending | (uint32_t)(cut) << 8 | (uint32_t)(blanks) << 16)

/* The host was given `launched`, and measured all its bytes. */
static void assert_launched(const char *text, size_t size, const char *launched,
                            size_t launched_size, enum sevl_mistake mistake, uint32_t value)
{
    make_boot(text, size);
    hash(launched, launched_size, actual.guest.kernel.cmdline);
    assert_with_others(mistake, value);
    hash("", 0, actual.guest.kernel.initrd);
    assert_two(SEVL_MISTAKE_INITRD, 0, mistake, value);
    actual.launch.build++;
    assert_nothing();
}

static void assert_ending(const char *text, size_t size, const char *launched, size_t launched_size,
                          uint32_t value)
{
    assert_launched(text, size, launched, launched_size, SEVL_MISTAKE_CMDLINE, value);
    struct sevl_cmdline_variant variant = sevl_cmdline_variant_from_value(value);
    uint8_t again[SEVL_SHA256_SIZE];
    assert_int_equal(sevl_cmdline_hash_variant(&reference.cmdline, &variant, again), SEVL_OK);
    assert_memory_equal(again, actual.guest.kernel.cmdline, sizeof again);
}

static void endings_of_the_command_line(void **state)
{
    (void)state;
    assert_ending("quiet", 5, "quiet\n", 7, VALUE(NEWLINE, 0, 0));
    assert_ending("quiet", 5, "quiet\r\n", 8, VALUE(CRLF, 0, 0));
    assert_ending("quiet", 5, "quiet ", 7, VALUE(NOTHING, 0, 1));
    assert_ending("quiet", 5, "quiet                ", 22, VALUE(NOTHING, 0, 16));
    assert_ending("quiet", 5, "quiet\n  ", 9, VALUE(NEWLINE, 0, 2));
    assert_ending("quiet", 5, "quiet\0", 7, VALUE(NUL, 0, 0));
    assert_ending("quiet", 5, "quiet", 5, VALUE(NO_NUL, 0, 0));
    assert_ending("quiet\n", 6, "quiet", 6, VALUE(NOTHING, 1, 0));
    assert_ending("quiet ", 6, "quiet", 6, VALUE(NOTHING, 1, 0));
    assert_ending("quiet\0", 6, "quiet", 6, VALUE(NOTHING, 1, 0));
    assert_ending("quiet \t\r\n", 9, "quiet", 6, VALUE(NOTHING, 4, 0));
    assert_ending("quiet \t\r\n", 9, "quiet \t", 8, VALUE(NOTHING, 2, 0));
    assert_ending("quiet\r\n", 7, "quiet\n", 7, VALUE(NEWLINE, 2, 0));
    assert_ending("\n", 1, "", 1, VALUE(NOTHING, 1, 0));
    assert_ending("", 0, "\n", 2, VALUE(NEWLINE, 0, 0));
    assert_ending("", 0, " ", 2, VALUE(NOTHING, 0, 1));
    assert_ending("", 0, "\0", 2, VALUE(NUL, 0, 0));
    assert_ending("", 0, "", 0, VALUE(NO_NUL, 0, 0));
}

static void quotation_marks_and_nothing_at_all(void **state)
{
    (void)state;
    const uint32_t unquoted = VALUE(NOTHING, 0, 0) | UINT32_C(1) << 24;
    assert_ending("\"a 'b\"", 6, "a 'b", 5, unquoted);
    assert_ending("'a'\n", 4, "a", 2, unquoted);
    assert_launched("quiet", 5, "", 1, SEVL_MISTAKE_CMDLINE_ABSENT, 0);
    make_boot("\"a'", 3);
    hash("a", 2, actual.guest.kernel.cmdline);
    assert_nothing();
}

static void another_command_line_is_no_ending(void **state)
{
    (void)state;
    make_boot("quiet", 5);
    hash("quie", 5, actual.guest.kernel.cmdline);
    assert_nothing();
    hash("quie", 4, actual.guest.kernel.cmdline);
    assert_nothing();
    make_boot("quiet\n", 6);
    hash("quiet", 5, actual.guest.kernel.cmdline);
    assert_nothing();
}

static void firmware_that_was_filled_up(void **state)
{
    (void)state;
    static const uint32_t missing[] = {1, 63, 64, 65, 127, 128, 2048, PAGE - 1};
    static const uint8_t zeros[PAGE];
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        make(POLICY, 0, 2 * PAGE - missing[i]);
        append(&actual.guest.firmware, zeros, missing[i]);
        assert_with_others(SEVL_MISTAKE_FIRMWARE_PADDED, missing[i]);
    }
    make(POLICY, 0, PAGE - 1);
    append(&actual.guest.firmware, zeros, 2);
    assert_nothing();
    make(POLICY, 0, PAGE);
    append(&actual.guest.firmware, zeros, PAGE);
    assert_nothing();
}

/* Of one byte more than the store there is code, of the store alone there is none. */
static void firmware_without_its_variables(void **state)
{
    (void)state;
    static const uint8_t image[0x84000 + 1] = {[0x20000] = 1, [0x84000] = 2};
    for (size_t i = 0; i < SEVL_VARIABLE_STORES; i++) {
        uint32_t store = sevl_variable_store_sizes[i];
        make(POLICY, 0, PAGE);
        assert_int_equal(sevl_firmware_code_init(&code), SEVL_OK);
        reference.firmware_code = &code;
        assert_int_equal(sevl_firmware_code_update(&code, image, store), SEVL_OK);
        assert_int_equal(sevl_sha256_init(&actual.guest.firmware), SEVL_OK);
        assert_nothing();
        assert_int_equal(sevl_firmware_code_update(&code, image + store, 1), SEVL_OK);
        append(&actual.guest.firmware, image + store, 1);
        assert_with_others(SEVL_MISTAKE_VARIABLE_STORE, store);
        reference.firmware_code = NULL;
        assert_nothing();
    }
}

static void sev_taken_for_sev_es(void **state)
{
    (void)state;
    make(POLICY, 2, PAGE);
    actual.launch.policy = POLICY | ES;
    assert_with_others(SEVL_MISTAKE_ES, POLICY | ES);
    make_es();
    actual.launch.policy = POLICY;
    assert_with_others(SEVL_MISTAKE_ES, POLICY);
    make(POLICY, 2, PAGE);
    actual.launch.policy = POLICY | ES;
    reference.guest.cpus = 0;
    assert_nothing();
}

/* What comes after the versions is tried where there is none below, or above. */
static void cpus_of_the_first_and_the_last_version(void **state)
{
    (void)state;
    make_es();
    actual.guest.cpus = 3;
    actual.launch.api_major = evidence.launch.api_major = 0;
    assert_one(SEVL_MISTAKE_CPUS, 3);
    actual.launch.api_major = evidence.launch.api_major = UINT8_MAX;
    assert_one(SEVL_MISTAKE_CPUS, 3);
}

/* They come after the kernel, and after the filled firmware. */
static void cpus_of_a_guest_with_all_else(void **state)
{
    (void)state;
    make(POLICY | ES, 2, PAGE - 1);
    reference.guest.has_kernel = true;
    actual.guest.has_kernel = true;
    actual.guest.cpus = 3;
    assert_one(SEVL_MISTAKE_CPUS, 3);
}

static void another_number_of_cpus(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 4, SEVL_CPUS_MAX - 1, SEVL_CPUS_MAX};
    make_es();
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        actual.guest.cpus = counts[i];
        assert_one(SEVL_MISTAKE_CPUS, counts[i]);
    }
    actual.guest.cpus = SEVL_CPUS_MAX + 1;
    assert_nothing();
    make(POLICY | ES, 1, PAGE);
    actual.guest.cpus = 2;
    assert_one(SEVL_MISTAKE_CPUS, 2);
    make_es();
    actual.guest.cpus = 3;
    actual.launch.build++;
    assert_nothing();
    make(POLICY, 2, PAGE);
    reference.guest.cpus = 0;
    actual.launch.policy |= ES;
    assert_nothing();
}

static void give_pages(void)
{
    memset(pages[0], 0x11, sizeof pages[0]);
    memset(pages[1], 0x22, sizeof pages[1]);
    make_es();
    reference.guest.vmsa_cpu0 = pages[0];
    reference.guest.vmsa_cpu1 = pages[1];
    actual.guest = reference.guest;
}

static void given_pages_of_another_number_of_cpus(void **state)
{
    (void)state;
    give_pages();
    actual.guest.cpus = 1;
    assert_one(SEVL_MISTAKE_CPUS, 1);
    actual.guest.cpus = SEVL_CPUS_MAX;
    assert_one(SEVL_MISTAKE_CPUS, SEVL_CPUS_MAX);
    give_pages();
    actual.guest.vmsa_cpu0 = actual.guest.vmsa_cpu1 = NULL;
    actual.guest.cpu.fpu = SEVL_FPU_INIT2;
    assert_nothing();
}

/* If the state of the other CPUs is not known, only one CPU can be measured. */
static void assert_refused(struct sevl_scratch given)
{
    memset(&findings, 1, sizeof findings);
    assert_int_equal(sevl_diagnose(&reference, &evidence, tek, tik, given, ALL, &findings),
                     SEVL_ERROR_STATE);
    assert_true(is_zero(&findings, sizeof findings));
}

/* SEV is also tried as SEV-ES, so pages count whatever the policy is. */
static void guests_that_are_incomplete_are_refused(void **state)
{
    (void)state;
    for (uint32_t policy = POLICY; policy <= (POLICY | ES); policy += ES) {
        make(policy, 2, PAGE);
        reference.guest.vmsa_cpu0 = pages[0];
        assert_refused(scratch);
        reference.guest.cpus = SEVL_CPUS_MAX + 1;
        reference.guest.vmsa_cpu1 = pages[1];
        assert_refused(scratch);
        make(policy, 2, PAGE);
        assert_refused((struct sevl_scratch){memory, 0});
        assert_refused((struct sevl_scratch){NULL, sizeof memory});
    }
}

static void other_cpus_that_are_not_known(void **state)
{
    (void)state;
    give_pages();
    reference.guest.cpus = 1;
    reference.guest.vmsa_cpu1 = NULL;
    assert_nothing();
    make_es();
    reference.guest.cpus = 1;
    reference.guest.reset_address = actual.guest.reset_address = 0;
    assert_nothing();
}

static void other_dialects(void **state)
{
    (void)state;
    make_es();
    actual.guest.cpu.fpu = SEVL_FPU_INIT2;
    assert_with_others(SEVL_MISTAKE_FPU, SEVL_FPU_INIT2);
    make_es();
    reference.guest.cpu.fpu = SEVL_FPU_INIT2;
    assert_with_others(SEVL_MISTAKE_FPU, SEVL_FPU_LEGACY);
    static const uint32_t features[] = {0x20, 0x1, 0x21};
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        make_es();
        actual.guest.cpu.sev_features = features[i];
        assert_with_others(SEVL_MISTAKE_SEV_FEATURES, features[i]);
        actual.guest.cpu.fpu = SEVL_FPU_INIT2;
        assert_two(SEVL_MISTAKE_FPU, SEVL_FPU_INIT2, SEVL_MISTAKE_SEV_FEATURES, features[i]);
        actual.launch.build++;
        assert_nothing();
    }
    make_es();
    reference.guest.cpu.sev_features = 0x20;
    assert_with_others(SEVL_MISTAKE_SEV_FEATURES, 0);
    actual.guest.cpu.sev_features = 0x2;
    assert_nothing();
}

static void other_vmms(void **state)
{
    (void)state;
    for (enum sevl_vmm given = SEVL_VMM_QEMU; given <= SEVL_VMM_GCE; given++)
        for (enum sevl_vmm vmm = SEVL_VMM_QEMU; vmm <= SEVL_VMM_GCE; vmm++) {
            make_es();
            reference.guest.cpu.vmm = given;
            actual.guest.cpu.vmm = vmm;
            if (vmm == given)
                continue;
            assert_with_others(SEVL_MISTAKE_VMM, vmm);
            actual.guest.cpu.sev_features = 0x21;
            assert_two(SEVL_MISTAKE_VMM, vmm, SEVL_MISTAKE_SEV_FEATURES, 0x21);
        }
}

/* The FPU state that was given is QEMU's alone. */
static void other_vmms_have_the_legacy_fpu_state(void **state)
{
    (void)state;
    for (enum sevl_vmm vmm = SEVL_VMM_EC2; vmm <= SEVL_VMM_GCE; vmm++) {
        make_es();
        reference.guest.cpu.fpu = SEVL_FPU_INIT2;
        actual.guest.cpu.vmm = vmm;
        assert_with_others(SEVL_MISTAKE_VMM, vmm);
    }
    make_es();
    reference.guest.cpu.vmm = SEVL_VMM_EC2;
    reference.guest.cpu.fpu = SEVL_FPU_INIT2;
    actual.guest.cpu.fpu = SEVL_FPU_INIT2;
    assert_with_others(SEVL_MISTAKE_VMM, SEVL_VMM_QEMU);
}

/* Unlikely features stay as they were given. */
static void given_features_stay(void **state)
{
    (void)state;
    make_es();
    reference.guest.cpu.sev_features = 0x80;
    actual.guest.cpu = reference.guest.cpu;
    actual.guest.cpu.vmm = SEVL_VMM_EC2;
    assert_with_others(SEVL_MISTAKE_VMM, SEVL_VMM_EC2);
    actual.guest.cpu.vmm = SEVL_VMM_QEMU;
    actual.guest.cpu.fpu = SEVL_FPU_INIT2;
    assert_with_others(SEVL_MISTAKE_FPU, SEVL_FPU_INIT2);
    actual.guest.cpu.fpu = SEVL_FPU_LEGACY;
    actual.guest.cpu.signature = sevl_cpu_types[0].signature;
    assert_with_others(SEVL_MISTAKE_CPU_SIGNATURE, sevl_cpu_types[0].signature);
}

static void other_signatures(void **state)
{
    (void)state;
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++) {
        make_es();
        reference.guest.cpu.signature = 0x12345678;
        actual.guest.cpu.signature = sevl_cpu_types[i].signature;
        assert_with_others(SEVL_MISTAKE_CPU_SIGNATURE, sevl_cpu_types[i].signature);
    }
    for (size_t i = 0; i < SEVL_SILICON_COUNT; i++) {
        actual.guest.cpu.signature = sevl_silicon[i].signature;
        assert_one(SEVL_MISTAKE_CPU_SIGNATURE, sevl_silicon[i].signature);
    }
    actual.guest.cpu.signature = 0x87654321;
    assert_nothing();
}

static void pairs_of_states_and_counts(void **state)
{
    (void)state;
    budget = ALL;
    const uint32_t signature = sevl_silicon[0].signature;
    static const uint32_t counts[] = {1, 3, SEVL_DIAGNOSE_CPUS_MAX};
    make_es();
    actual.guest.cpu.signature = signature;
    actual.guest.cpu.fpu = SEVL_FPU_INIT2;
    assert_two(SEVL_MISTAKE_CPU_SIGNATURE, signature, SEVL_MISTAKE_FPU, SEVL_FPU_INIT2);
    actual.guest.cpus = 1;
    assert_nothing();
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        make_es();
        actual.guest.cpus = counts[i];
        actual.guest.cpu.signature = signature;
        assert_two(SEVL_MISTAKE_CPU_SIGNATURE, signature, SEVL_MISTAKE_CPUS, counts[i]);
        actual.guest.cpu = reference.guest.cpu;
        actual.guest.cpu.fpu = SEVL_FPU_INIT2;
        assert_two(SEVL_MISTAKE_FPU, SEVL_FPU_INIT2, SEVL_MISTAKE_CPUS, counts[i]);
    }
    actual.guest.cpus++;
    assert_nothing();
    budget = SINGLE_MISTAKES;
}

#define TRIED(group) (UINT32_C(1) << SEVL_TRIED_##group)
#define TRIED_LAUNCHES                                                         \
    (TRIED(KEYS_SWAPPED) | TRIED(BUILD) | TRIED(POLICY_BASE) | TRIED(POLICY) | \
     TRIED(API_VERSION) | TRIED(WITH_OTHERS) | TRIED(VERSIONS))
#define TRIED_KERNEL \
    (TRIED(KERNEL_UNMEASURED) | TRIED(KERNEL_EXCHANGED) | TRIED(INITRD) | TRIED(CMDLINE))
#define TRIED_DIALECTS (TRIED(SEV_FEATURES) | TRIED(VMM))
#define TRIED_STATES (TRIED_DIALECTS | TRIED(CPU_SIGNATURE) | TRIED(FPU))
#define TRIED_COUNTS (TRIED(CPUS) | TRIED(CPU_PAIRS))

static void assert_tried(uint32_t tried)
{
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    assert_int_equal(findings.tried, tried);
    assert_int_equal(findings.skipped, 0);
}

static void what_was_tried_is_told(void **state)
{
    (void)state;
    budget = ALL;
    make_sev();
    assert_tried(TRIED_LAUNCHES);
    reference.guest.cpus = 2;
    assert_tried(TRIED_LAUNCHES | TRIED(ES));
    reference.has_firmware = false;
    assert_tried(TRIED_LAUNCHES | TRIED(ES));
    make(16, 0, PAGE); /* 0x16 has ES */
    assert_tried(TRIED_LAUNCHES & ~TRIED(POLICY_BASE));
    reference.guest.cpus = 2;
    assert_tried(TRIED_LAUNCHES | TRIED(ES));
    make(POLICY, 0, PAGE - 1);
    assert_tried(TRIED_LAUNCHES | TRIED(FIRMWARE_PADDED));
    make_boot("quiet", 5);
    assert_tried(TRIED_LAUNCHES | TRIED_KERNEL);
    make_es();
    assert_tried(TRIED_LAUNCHES | TRIED(ES) | TRIED_STATES | TRIED_COUNTS);
    reference.guest.cpus = 1;
    assert_tried(TRIED_LAUNCHES | TRIED(ES) | TRIED_STATES | TRIED_COUNTS);
    reference.guest.reset_address = 0;
    assert_tried(TRIED_LAUNCHES | TRIED(ES) | TRIED_STATES);
    reference.guest.cpu.vmm = SEVL_VMM_EC2;
    assert_tried(TRIED_LAUNCHES | TRIED(ES) | TRIED_DIALECTS);
    give_pages();
    assert_tried(TRIED_LAUNCHES | TRIED(ES) | TRIED(CPUS));
    reference.guest.cpus = 1;
    reference.guest.vmsa_cpu1 = NULL;
    assert_tried(TRIED_LAUNCHES | TRIED(ES));
    budget = SINGLE_MISTAKES;
}

/* The budget is used in the order of the bits. */
static void assert_skipped_in_order(uint32_t all)
{
    assert_int_equal(findings.tried | findings.skipped, all);
    assert_int_equal(findings.tried & findings.skipped, 0);
    uint32_t first = findings.skipped & (0 - findings.skipped);
    assert_true(findings.skipped == 0 || findings.tried < first);
}

/* Whatever the budget is, what was tried and what was not are told. */
static void a_budget_ends_the_search(void **state)
{
    (void)state;
    budget = ALL;
    make_boot("quiet \n", 7);
    reference.guest.cpus = 2;
    reference.firmware_size--;
    assert_tried(TRIED_LAUNCHES | TRIED_KERNEL | TRIED(FIRMWARE_PADDED) | TRIED(ES));
    uint32_t all = findings.tried;
    uint32_t before = 0;
    for (budget = 0; findings.tried != all || budget == 0; budget += 1 + budget / 8) {
        assert_nothing();
        assert_skipped_in_order(all);
        assert_int_equal(before & ~findings.tried, 0);
        before = findings.tried;
    }
    assert_in_range(budget, 300000, 1000000);
}

static void assert_each_budget_ends_it(uint32_t from, uint32_t to, uint32_t step)
{
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    skip_hashing(true);
    for (budget = from; budget < to; budget += step) {
        assert_int_equal(diagnose_by(tek, tik), SEVL_ERROR_ABSENT);
        assert_true(findings.skipped != 0);
    }
    skip_hashing(false);
    budget = SINGLE_MISTAKES;
}

/* The budget is spent in each place that hashes: 4500 blocks are guesses about the launch. */
static void a_budget_ends_in_any_place(void **state)
{
    (void)state;
    make_boot("quiet\n", 6);
    reference.firmware_size--;
    assert_each_budget_ends_it(4500, 4700, 1);
    assert_each_budget_ends_it(4700, 9000, 29);
    make_es();
    assert_each_budget_ends_it(4500, 12000, 3);
}

#define PADS 4
#define GUESS 3
#define GUESSES_OF_KEYS 256
static void each_guess_counts(void **state)
{
    (void)state;
    make_sev();
    actual.tik = tek;
    for (budget = 0; budget < PADS + GUESS; budget++) {
        assert_nothing();
        assert_int_equal(findings.tried, 0);
    }
    assert_one(SEVL_MISTAKE_KEYS_SWAPPED, 0);
    actual.tik = (const uint8_t *)"another TIK, 16";
    budget = PADS + GUESSES_OF_KEYS * GUESS - 1;
    assert_nothing();
    assert_int_equal(findings.tried, 0);
    budget++;
    assert_nothing();
    assert_int_equal(findings.tried, TRIED(KEYS_SWAPPED));
    budget = SINGLE_MISTAKES;
}

/* What bare metal has by default: each single mistake, for a guest of 2 CPUs. */
static void a_small_budget_is_enough_for_one_mistake(void **state)
{
    (void)state;
    const uint32_t combinations =
        TRIED(CPUS) | TRIED(WITH_OTHERS) | TRIED(CPU_PAIRS) | TRIED(VERSIONS);
    make(POLICY | ES, 2, PAGE - 1);
    reference.guest.has_kernel = true;
    set_cmdline("quiet\n", 6);
    budget = 65536;
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    assert_int_equal(findings.skipped, combinations);
    actual.tik = tik;
    actual.guest = reference.guest;
    actual.guest.cpus = 64;
    assert_one(SEVL_MISTAKE_CPUS, 64);
    budget = SINGLE_MISTAKES;
}

static void a_tek_that_is_not_known_is_not_tried(void **state)
{
    (void)state;
    budget = ALL;
    make_sev();
    assert_tried(TRIED_LAUNCHES);
    assert_int_equal(diagnose_by(NULL, tik), SEVL_ERROR_ABSENT);
    assert_int_equal(findings.tried, TRIED_LAUNCHES & ~TRIED(KEYS_SWAPPED));
    budget = SINGLE_MISTAKES;
}

/* Each byte of a page is built with all the others of its window. */
static void too_little_scratch_is_refused(void **state)
{
    (void)state;
    make_es();
    assert_nothing();
    memset(&findings, 0xff, sizeof findings);
    struct sevl_scratch small = {memory, SEVL_DIAGNOSE_SCRATCH_MIN - 1};
    is_over = false;
    assert_int_equal(sevl_diagnose(&reference, &evidence, tek, tik, small, ALL, &findings),
                     SEVL_ERROR_LENGTH);
    assert_true(is_zero(&findings, sizeof findings));
    small.size++;
    assert_int_equal(sevl_diagnose(&reference, &evidence, tek, tik, small, ALL, &findings),
                     SEVL_ERROR_ABSENT);
}

/* If the guest is not known, nothing about it can be tried. */
static void a_digest_alone(void **state)
{
    (void)state;
    make_boot("quiet", 5);
    actual.guest.has_kernel = false;
    reference.has_firmware = false;
    assert_nothing();
    actual.guest.has_kernel = true;
    actual.launch.build++;
    assert_one(SEVL_MISTAKE_BUILD, actual.launch.build);
}

static void a_digest_that_is_not_open(void **state)
{
    (void)state;
    make_boot("quiet", 5);
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    struct sevl_reference_values whole = reference;
    sevl_sha256_wipe(&reference.guest.firmware);
    assert_int_equal(diagnose_by(tek, tik), SEVL_ERROR_STATE);
    assert_true(is_zero(&findings, sizeof findings));
    reference = whole;
    memset(&reference.cmdline, 0, sizeof reference.cmdline);
    assert_int_equal(diagnose_by(tek, tik), SEVL_ERROR_STATE);
    make(POLICY, 0, PAGE - 1);
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    sevl_sha256_wipe(&reference.guest.firmware);
    assert_int_equal(diagnose_by(tek, tik), SEVL_ERROR_STATE);
    make_es();
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    sevl_sha256_wipe(&reference.guest.firmware);
    assert_int_equal(diagnose_by(tek, tik), SEVL_ERROR_STATE);
}

/*
 * In steps that reach calls of every kind, and at the end every call. The hashes do not
 * matter there.
 */
static void assert_failures_are_told(int step)
{
    actual.tik = (const uint8_t *)"another TIK, 16";
    fail_crypto_call(0);
    assert_nothing();
    fail_crypto_call(0);
    skip_hashing(true);
    assert_int_equal(diagnose_by(tek, tik), SEVL_ERROR_ABSENT);
    int calls = crypto_calls();
    assert_in_range(calls, 1000, 1000000);
    for (int n = 1; n <= calls; n += n + 30 < calls ? step : 1) {
        memset(&findings, 0xff, sizeof findings);
        fail_crypto_call(n);
        assert_int_equal(diagnose_by(tek, tik), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(&findings, sizeof findings));
        assert_in_range(crypto_calls(), n, n + 1);
    }
    skip_hashing(false);
    fail_crypto_call(0);
}

static void a_failure_anywhere_ends_it(void **state)
{
    (void)state;
    budget = 100000;
    make_sev();
    assert_failures_are_told(19997);
    make_boot("quiet\n", 6);
    reference.firmware_size--;
    reference.guest.cpus = 2;
    assert_failures_are_told(19997);
    make_es();
    assert_failures_are_told(19997);
    budget = SINGLE_MISTAKES;
}

/* Every call before the first guess: those that hash the guests' parts. */
static void assert_failing_hashes_are_told(void)
{
    actual.tik = (const uint8_t *)"another TIK, 16";
    assert_nothing();
    guesses_are_wrong = true;
    fail_crypto_call(0);
    assert_int_equal(diagnose_by(tek, tik), SEVL_ERROR_ABSENT);
    int calls = crypto_calls();
    assert_in_range(calls, 2, 20000);
    for (int n = 1; n <= calls; n += n > 1000 ? 97 : 1) {
        memset(&findings, 0xff, sizeof findings);
        fail_crypto_call(n);
        assert_int_equal(diagnose_by(tek, tik), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(&findings, sizeof findings));
        assert_in_range(crypto_calls(), n, n + 1);
    }
    guesses_are_wrong = false;
    fail_crypto_call(0);
}

static void a_failing_hash_of_a_guest_ends_it(void **state)
{
    (void)state;
    make_boot("quiet\n", 6);
    reference.guest.cpus = 2;
    assert_failing_hashes_are_told();
    make(POLICY, 0, PAGE - 100);
    assert_failing_hashes_are_told();
    give_pages();
    assert_failing_hashes_are_told();
    reference.guest.cpus = 1;
    reference.guest.vmsa_cpu1 = NULL;
    assert_failing_hashes_are_told();
    make_es();
    reference.guest.has_kernel = true;
    reference.guest.reset_address = actual.guest.reset_address = 0;
    assert_failing_hashes_are_told();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_mistake_explains_is_not_explained),
        cmocka_unit_test(a_match_has_no_mistake),
        cmocka_unit_test(swapped_keys_and_builds),
        cmocka_unit_test(two_bits_of_the_policy),
        cmocka_unit_test(es_and_another_bit_of_the_policy),
        cmocka_unit_test(versions_of_the_api),
        cmocka_unit_test(major_versions_of_the_api),
        cmocka_unit_test(numbers_in_the_other_base),
        cmocka_unit_test(all_numbers_in_the_other_base),
        cmocka_unit_test(es_in_the_other_base),
        cmocka_unit_test(other_kernels_and_initrds),
        cmocka_unit_test(endings_of_the_command_line),
        cmocka_unit_test(quotation_marks_and_nothing_at_all),
        cmocka_unit_test(another_command_line_is_no_ending),
        cmocka_unit_test(firmware_that_was_filled_up),
        cmocka_unit_test(firmware_without_its_variables),
        cmocka_unit_test(sev_taken_for_sev_es),
        cmocka_unit_test(cpus_of_the_first_and_the_last_version),
        cmocka_unit_test(cpus_of_a_guest_with_all_else),
        cmocka_unit_test(another_number_of_cpus),
        cmocka_unit_test(given_pages_of_another_number_of_cpus),
        cmocka_unit_test(guests_that_are_incomplete_are_refused),
        cmocka_unit_test(other_cpus_that_are_not_known),
        cmocka_unit_test(other_dialects),
        cmocka_unit_test(other_vmms),
        cmocka_unit_test(other_vmms_have_the_legacy_fpu_state),
        cmocka_unit_test(given_features_stay),
        cmocka_unit_test(other_signatures),
        cmocka_unit_test(pairs_of_states_and_counts),
        cmocka_unit_test(a_budget_ends_the_search),
        cmocka_unit_test(a_budget_ends_in_any_place),
        cmocka_unit_test(each_guess_counts),
        cmocka_unit_test(a_small_budget_is_enough_for_one_mistake),
        cmocka_unit_test(what_was_tried_is_told),
        cmocka_unit_test(a_tek_that_is_not_known_is_not_tried),
        cmocka_unit_test(too_little_scratch_is_refused),
        cmocka_unit_test(a_digest_alone),
        cmocka_unit_test(a_digest_that_is_not_open),
        cmocka_unit_test(a_failure_anywhere_ends_it),
        cmocka_unit_test(a_failing_hash_of_a_guest_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
