/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify_request.h"

#include <string.h>

#include "cli/check.h"
#include "cli/text.h"
#include "cli/values.h"
#include "crl_age.h"
#include "lists.h"
#include "moment.h"
#include "report_data.h"
#include "tcb_parts.h"

#define CHIP_ID_SIZE 64
#define PROVIDER_ID_MAX 64
#define CHIP_ID_SIZE_TURIN 8

/* What is read from options, and into what. */
struct reader {
    struct verify_request *request;
    const struct cli_console *console;
    const struct cli_arguments *arguments;
};

static bool is_given(const struct reader *reader, size_t option)
{
    return cli_has(reader->arguments, option);
}

static void expect(struct reader *reader, enum sevl_snp_check check)
{
    reader->request->expectations.expected |= SEVL_SNP_CHECK_BIT(check);
}

static enum cli_code fail_value(const struct reader *reader, size_t option, const char *expected)
{
    return cli_error(reader->console, CLI_USAGE, cli_name(reader->arguments, option), ": expected ",
                     expected, ", got '", reader->arguments->value[option], "'");
}

bool verify_request_has_guest(const struct cli_arguments *arguments)
{
    for (size_t i = 0; i < VERIFY_GUEST_OPTIONS; i++)
        if (cli_has(arguments, VERIFY_OPTION_FIRMWARE + i))
            return true;
    return false;
}

static enum cli_code check_purpose(struct reader *reader)
{
    enum cli_code code = cli_check(reader->arguments, reader->console);
    if (code == CLI_GO_ON && !is_given(reader, VERIFY_OPTION_BATCH))
        code = cli_require(reader->arguments, reader->console, VERIFY_OPTION_REPORT);
    if (code == CLI_GO_ON && !is_given(reader, VERIFY_OPTION_KNOWN_KEYS))
        code = cli_require(reader->arguments, reader->console, VERIFY_OPTION_CERTS);
    if (code != CLI_GO_ON)
        return code;
    if (is_given(reader, VERIFY_OPTION_MEASUREMENT) || is_given(reader, VERIFY_OPTION_REFERENCE) ||
        is_given(reader, VERIFY_OPTION_NO_MEASUREMENT) ||
        verify_request_has_guest(reader->arguments))
        return CLI_GO_ON;
    return cli_error(
        reader->console, CLI_USAGE,
        "--measurement HEX is required, or the guest's own --firmware PATH: without the launch "
        "digest of the guest that you chose, a genuine report can be that of any guest; "
        "--no-measurement takes any");
}

/* Reads all values of an option that repeats. */
static enum cli_code read_repeated(struct reader *reader, size_t option, uint8_t (*values)[48],
                                   size_t *count)
{
    *count = cli_count(reader->arguments, option);
    for (size_t i = 0; i < *count; i++) {
        const char *text = cli_value(reader->arguments, option, i);
        if (!text_to_bytes(text, values[i], 48) && !text_to_bytes_of_base64(text, values[i], 48))
            return cli_error(reader->console, CLI_USAGE, cli_name(reader->arguments, option),
                             ": expected 96 hexadecimal digits, or 64 characters of base64, got '",
                             text, "'");
    }
    return CLI_GO_ON;
}

static enum cli_code read_measurements(struct reader *reader)
{
    struct verify_request *request = reader->request;
    struct sevl_snp_expectations *expectations = &request->expectations;
    enum cli_code code = read_repeated(reader, VERIFY_OPTION_MEASUREMENT, request->measurements,
                                       &expectations->measurement_count);
    expectations->measurements =
        (const uint8_t(*)[SEVL_SNP_LAUNCH_DIGEST_SIZE])request->measurements;
    expectations->without_measurement = is_given(reader, VERIFY_OPTION_NO_MEASUREMENT);
    if (!expectations->without_measurement)
        expect(reader, SEVL_SNP_CHECK_MEASUREMENT);
    return code;
}

static enum cli_code read_roots(struct reader *reader)
{
    struct verify_request *request = reader->request;
    _Static_assert(sizeof request->roots[0] == 48, "a fingerprint is a hash alone");
    request->pins.roots = request->roots;
    request->allows_unpinned = is_given(reader, VERIFY_OPTION_ALLOW_UNPINNED);
    return read_repeated(reader, VERIFY_OPTION_ARK_FINGERPRINT, (uint8_t(*)[48])request->roots,
                         &request->pins.count);
}

static void set_time(struct verify_request *request, bool is_known)
{
    struct sevl_snp_expectations *expectations = &request->expectations;
    const uint32_t bit = SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_DATES);
    request->has_time = is_known;
    expectations->time = request->time;
    expectations->expected = (expectations->expected & ~bit) | (is_known ? bit : 0);
}

void verify_request_update_time(struct verify_request *request)
{
    if (!cli_has(request->arguments, VERIFY_OPTION_TIME))
        set_time(request, port_time(&request->time));
}

static enum cli_code read_time(struct reader *reader)
{
    struct verify_request *request = reader->request;
    const char *text = reader->arguments->value[VERIFY_OPTION_TIME];
    verify_request_update_time(request);
    if (text != NULL && !moment_from_text(text, &request->time))
        return fail_value(reader, VERIFY_OPTION_TIME,
                          "seconds since 1970, or a time as 2026-11-26T04:07:53Z");
    if (text != NULL)
        set_time(request, true);
    return crl_age_read(request, reader->console);
}

static enum cli_code read_report_data(struct reader *reader)
{
    if (!is_given(reader, VERIFY_OPTION_REPORT_DATA) && !is_given(reader, VERIFY_OPTION_NONCE))
        return CLI_GO_ON;
    expect(reader, SEVL_SNP_CHECK_REPORT_DATA);
    return report_data_read(reader->request->expectations.report_data, reader->arguments,
                            reader->console, VERIFY_OPTION_REPORT_DATA, VERIFY_OPTION_NONCE);
}

/* Options whose value has always the same size. */
static enum cli_code read_fixed(struct reader *reader)
{
    struct sevl_snp_expectations *expectations = &reader->request->expectations;
    const struct fixed {
        uint8_t option;
        uint8_t check;
        uint8_t size;
        uint8_t *bytes;
    } rows[] = {
        {VERIFY_OPTION_HOST_DATA, SEVL_SNP_CHECK_HOST_DATA, 32, expectations->host_data},
        {VERIFY_OPTION_ID_KEY_DIGEST, SEVL_SNP_CHECK_ID_KEY_DIGEST, 48,
         expectations->id_key_digest},
        {VERIFY_OPTION_AUTHOR_KEY_DIGEST, SEVL_SNP_CHECK_AUTHOR_KEY_DIGEST, 48,
         expectations->author_key_digest},
        {VERIFY_OPTION_FAMILY_ID, SEVL_SNP_CHECK_FAMILY_ID, 16, expectations->family_id},
        {VERIFY_OPTION_IMAGE_ID, SEVL_SNP_CHECK_IMAGE_ID, 16, expectations->image_id},
    };
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof rows / sizeof *rows && code == CLI_GO_ON; i++) {
        if (!is_given(reader, rows[i].option))
            continue;
        expect(reader, (enum sevl_snp_check)rows[i].check);
        code = cli_read_bytes(reader->arguments, reader->console, rows[i].option, rows[i].bytes,
                              rows[i].size);
    }
    return code;
}

static enum cli_code read_chip(struct reader *reader)
{
    uint8_t *id = reader->request->expectations.chip_id;
    const char *text = reader->arguments->value[VERIFY_OPTION_CHIP_ID];
    if (text == NULL)
        return CLI_GO_ON;
    expect(reader, SEVL_SNP_CHECK_CHIP_ID);
    if (text_to_bytes(text, id, CHIP_ID_SIZE))
        return CLI_GO_ON;
    memset(id, 0, CHIP_ID_SIZE);
    if (text_to_bytes(text, id, CHIP_ID_SIZE_TURIN))
        return CLI_GO_ON;
    return fail_value(reader, VERIFY_OPTION_CHIP_ID,
                      "128 hexadecimal digits, or 16 for a Turin processor");
}

static enum cli_code read_provider(struct reader *reader)
{
    const char *text = reader->arguments->value[VERIFY_OPTION_CSP_ID];
    if (text == NULL)
        return CLI_GO_ON;
    expect(reader, SEVL_SNP_CHECK_PROVIDER_ID);
    size_t length = text_length(text);
    reader->request->expectations.provider_id = (struct sevl_bytes){(const uint8_t *)text, length};
    if (length == 0 || length > PROVIDER_ID_MAX)
        return fail_value(reader, VERIFY_OPTION_CSP_ID, "1 to 64 characters");
    return CLI_GO_ON;
}

static enum cli_code read_levels(struct reader *reader)
{
    struct sevl_snp_expectations *expectations = &reader->request->expectations;
    enum cli_code code = cli_read_number(reader->arguments, reader->console, VERIFY_OPTION_VMPL, 0,
                                         3, &expectations->vmpl);
    if (code != CLI_GO_ON || !is_given(reader, VERIFY_OPTION_MIN_GUEST_SVN))
        return code;
    expect(reader, SEVL_SNP_CHECK_GUEST_SVN);
    return cli_read_number(reader->arguments, reader->console, VERIFY_OPTION_MIN_GUEST_SVN, 0,
                           UINT32_MAX, &expectations->guest_svn_min);
}

/* The number is part * 256 + value. */
static bool read_tcb_part(const char *item, uint64_t *number)
{
    size_t length = text_length_to(item, '=');
    for (size_t i = 0; i < TCB_PARTS; i++) {
        const char *name = tcb_part_names[i];
        if (text_length(name) != length || !text_begins(item, name, length))
            continue;
        if (item[length] != '=' || !text_to_number(item + length + 1, UINT8_MAX, number))
            return false;
        *number += i << 8;
        return true;
    }
    return false;
}

#define ALL_TCBS                                        \
    (SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_REPORTED_TCB) |  \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_COMMITTED_TCB) | \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_LAUNCH_TCB) |    \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_CURRENT_TCB))

static bool read_tcb_name(const char *item, uint64_t *number)
{
    static const char *const names[] = {"reported", "committed", "launch", "current"};
    *number = ALL_TCBS;
    if (text_equal(item, "all"))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(item, names[i])) {
            *number = SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_REPORTED_TCB + i);
            return true;
        }
    return false;
}

static enum cli_code read_tcb_names(struct reader *reader)
{
    struct list_numbers list = {.count = 0};
    uint32_t checks = 0;
    enum cli_code code =
        list_read(&list, read_tcb_name, "reported, committed, launch, current or all",
                  reader->arguments, reader->console, VERIFY_OPTION_TCB);
    for (size_t i = 0; i < list.count; i++)
        checks |= (uint32_t)list.number[i];
    reader->request->expectations.expected |= list.count == 0 ? ALL_TCBS : checks;
    return code;
}

static enum cli_code read_tcb(struct reader *reader)
{
    struct list_numbers list = {.count = 0};
    struct sevl_snp_tcb *tcb = &reader->request->expectations.tcb_min;
    uint8_t *const parts[TCB_PARTS] = {&tcb->fmc, &tcb->boot_loader, &tcb->tee, &tcb->snp,
                                       &tcb->microcode};
    bool seen[TCB_PARTS] = {false};
    enum cli_code code =
        list_read(&list, read_tcb_part, "bl=N, tee=N, snp=N, ucode=N or fmc=N, N up to 255",
                  reader->arguments, reader->console, VERIFY_OPTION_MIN_TCB);
    if (code != CLI_GO_ON || list.count == 0)
        return code;
    for (size_t i = 0; i < list.count; i++) {
        size_t part = (size_t)(list.number[i] >> 8);
        if (seen[part])
            return fail_value(reader, VERIFY_OPTION_MIN_TCB, "each part once");
        seen[part] = true;
        *parts[part] = (uint8_t)list.number[i];
    }
    return read_tcb_names(reader);
}

/* Takes a number up to 255, and the dot after it; returns false if it is none. */
static bool take_version_part(const char **text, uint8_t *part)
{
    char digits[4];
    uint64_t number;
    size_t length = text_length_to(*text, '.');
    if (length == 0 || length >= sizeof digits)
        return false;
    memcpy(digits, *text, length);
    digits[length] = '\0';
    *text += length;
    if (**text == '.')
        (*text)++;
    if (!text_to_number(digits, UINT8_MAX, &number))
        return false;
    *part = (uint8_t)number;
    return true;
}

static enum cli_code read_version(struct reader *reader)
{
    struct sevl_snp_firmware_version *version = &reader->request->expectations.firmware_min;
    const char *text = reader->arguments->value[VERIFY_OPTION_MIN_VERSION];
    if (text == NULL)
        return CLI_GO_ON;
    expect(reader, SEVL_SNP_CHECK_FIRMWARE);
    if (take_version_part(&text, &version->major) && take_version_part(&text, &version->minor) &&
        take_version_part(&text, &version->build) && *text == '\0' && text[-1] != '.')
        return CLI_GO_ON;
    return fail_value(reader, VERIFY_OPTION_MIN_VERSION, "a version as 1.55.40");
}

const struct verify_requirement verify_requirements[] = {
    {"smt-off", false, {0, SEVL_SNP_PLATFORM_SMT}},
    {"tsme", false, {SEVL_SNP_PLATFORM_TSME, 0}},
    {"ecc", false, {SEVL_SNP_PLATFORM_ECC, 0}},
    {"rapl-off", false, {SEVL_SNP_PLATFORM_RAPL_DIS, 0}},
    {"ciphertext-hiding", false, {SEVL_SNP_PLATFORM_CIPHERTEXT_HIDING, 0}},
    {"alias-check", false, {SEVL_SNP_PLATFORM_ALIAS_CHECK, 0}},
    {"tio-off", false, {0, SEVL_SNP_PLATFORM_TIO}},
    {"policy-smt-off", true, {0, SEVL_SNP_POLICY_SMT}},
    {"policy-single-socket", true, {SEVL_SNP_POLICY_SINGLE_SOCKET, 0}},
    {"policy-cxl-off", true, {0, SEVL_SNP_POLICY_CXL_ALLOW}},
    {"policy-aes-256-xts", true, {SEVL_SNP_POLICY_MEM_AES_256_XTS, 0}},
    {"policy-rapl-off", true, {SEVL_SNP_POLICY_RAPL_DIS, 0}},
    {"policy-ciphertext-hiding", true, {SEVL_SNP_POLICY_CIPHERTEXT_HIDING, 0}},
    {"policy-page-swap-off", true, {SEVL_SNP_POLICY_PAGE_SWAP_DISABLE, 0}},
    {NULL, false, {0, 0}},
};

static bool read_requirement(const char *item, uint64_t *number)
{
    for (size_t i = 0; verify_requirements[i].word != NULL; i++)
        if (text_equal(item, verify_requirements[i].word)) {
            *number = i;
            return true;
        }
    return false;
}

static void require_bits(struct reader *reader, const struct verify_requirement *requirement)
{
    struct sevl_snp_expectations *expectations = &reader->request->expectations;
    struct sevl_snp_bits *bits =
        requirement->is_of_policy ? &expectations->policy : &expectations->platform;
    bits->required |= requirement->bits.required;
    bits->refused |= requirement->bits.refused;
    expect(reader,
           requirement->is_of_policy ? SEVL_SNP_CHECK_POLICY_BITS : SEVL_SNP_CHECK_PLATFORM_BITS);
}

static enum cli_code read_requirements(struct reader *reader)
{
    struct list_numbers list = {.count = 0};
    enum cli_code code = list_read(
        &list, read_requirement,
        "smt-off, tsme, ecc, rapl-off, ciphertext-hiding, alias-check, tio-off, or policy-smt-off, "
        "policy-single-socket, policy-cxl-off, policy-aes-256-xts, policy-rapl-off, "
        "policy-ciphertext-hiding, policy-page-swap-off",
        reader->arguments, reader->console, VERIFY_OPTION_REQUIRE);
    for (size_t i = 0; i < list.count; i++)
        require_bits(reader, &verify_requirements[list.number[i]]);
    return code;
}

enum allowed { ALLOW_DEBUG, ALLOW_MIGRATION, ALLOW_SMT, ALLOW_VERSION_6, ALLOWED };

static bool read_allowed_word(const char *item, uint64_t *number)
{
    static const char *const words[ALLOWED] = {"debug", "migration", "smt", "version-6"};
    for (size_t i = 0; i < ALLOWED; i++)
        if (text_equal(item, words[i])) {
            *number = i;
            return true;
        }
    return false;
}

/* Nothing refuses it but a requirement: a list that has both words is a mistake. */
static enum cli_code check_smt(const struct reader *reader, bool is_allowed)
{
    if (!is_allowed || (reader->request->expectations.policy.refused & SEVL_SNP_POLICY_SMT) == 0)
        return CLI_GO_ON;
    return cli_error(reader->console, CLI_USAGE,
                     "--allow smt and --require policy-smt-off exclude each other");
}

static enum cli_code read_allowed(struct reader *reader)
{
    struct sevl_snp_expectations *expectations = &reader->request->expectations;
    struct list_numbers list = {.count = 0};
    bool is_allowed[ALLOWED] = {false};
    enum cli_code code = list_read(&list, read_allowed_word, "debug, migration, smt or version-6",
                                   reader->arguments, reader->console, VERIFY_OPTION_ALLOW);
    for (size_t i = 0; i < list.count; i++)
        is_allowed[list.number[i]] = true;
    expectations->allows_debug = is_allowed[ALLOW_DEBUG];
    expectations->allows_migration = is_allowed[ALLOW_MIGRATION];
    expectations->allows_version_6 = is_allowed[ALLOW_VERSION_6];
    return code == CLI_GO_ON ? check_smt(reader, is_allowed[ALLOW_SMT]) : code;
}

enum cli_code verify_request_read(struct verify_request *request, const struct cli_console *console,
                                  const struct cli_arguments *arguments)
{
    static enum cli_code (*const steps[])(struct reader *) = {
        check_purpose, read_measurements, read_roots,    read_time,   read_report_data,
        read_fixed,    read_chip,         read_provider, read_levels, read_tcb,
        read_version,  read_requirements, read_allowed,
    };
    struct reader reader = {request, console, arguments};
    enum cli_code code = CLI_GO_ON;
    memset(request, 0, sizeof *request);
    request->arguments = arguments;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](&reader);
    return code;
}
