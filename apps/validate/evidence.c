/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "evidence.h"

#include <sevlaunch/host/launch_info.h>
#include <string.h>

#include "cli/looks.h"
#include "cli/text.h"
#include "cli/values.h"

/* Ends a part of the text where it stands. What follows a part is no part. */
static const char *end_part(char *text, struct sevl_launch_info_part part)
{
    if (part.length == 0)
        return "";
    text[part.offset + part.length] = '\0';
    return text + part.offset;
}

static enum cli_code fail_whole_info(const struct cli_console *console, const char *path,
                                     const char *got)
{
    return cli_error(console, CLI_USAGE,
                     "--launch-info: expected the output of virsh domlaunchsecinfo, or QMP "
                     "replies, in '",
                     path, "', got ", got);
}

/* Names the line that is wrong. The text has room for one more character. */
static enum cli_code fail_info(const struct cli_console *console, const char *path, char *text,
                               const struct sevl_launch_info_problem *problem)
{
    static const struct {
        const char *before; /* the value */
        const char *after;
    } words[] = {
        [SEVL_INFO_CUT] = {"expected a whole JSON object, got the beginning of one: '", "'"},
        [SEVL_INFO_NOT_JSON] = {"expected JSON, got '", "'"},
        [SEVL_INFO_BYTE] = {": expected a number from 0 to 255, got '", "'"},
        [SEVL_INFO_UINT32] = {": expected a number of 32 bits, decimal or 0x hexadecimal, got '",
                              "'"},
        [SEVL_INFO_MEASUREMENT] = {": expected base64 of exactly 48 bytes (64 characters), got '",
                                   "'"},
        [SEVL_INFO_CONFLICT] = {": expected the same value as before, got '", "'"},
        [SEVL_INFO_SNP] = {": expected a guest of SEV or SEV-ES, got '",
                           "': SEV-SNP has an attestation report, no launch measurement"},
        [SEVL_INFO_DISABLED] = {": expected a guest of SEV or SEV-ES, got '",
                                "': this guest runs without SEV"},
        [SEVL_INFO_HOST_ERROR] = {"the host says: ", ""},
    };
    if (problem->fault == SEVL_INFO_UTF16)
        return fail_whole_info(console, path, "UTF-16, not UTF-8");
    if (problem->fault == SEVL_INFO_NONE)
        return fail_whole_info(console, path, "none of their values");
    return cli_error(console, CLI_USAGE, "--launch-info: line ", text_decimal(problem->line).text,
                     " of '", path, "': ", end_part(text, problem->name),
                     words[problem->fault].before, end_part(text, problem->value),
                     words[problem->fault].after);
}

/* Without a measurement, an error of the host is why. */
static enum cli_code read_info(struct sevl_launch_info *info, const struct cli_console *console,
                               const struct request *request, struct cli_buffer buffer)
{
    const char *path = request_value(request, OPTION_LAUNCH_INFO);
    struct sevl_launch_info_problem problem;
    size_t size;
    memset(info, 0, sizeof *info);
    if (path == NULL)
        return CLI_GO_ON;
    enum cli_code code =
        cli_read_all(buffer.memory, buffer.size - 1, &size, console, "--launch-info", path);
    if (code != CLI_GO_ON)
        return code;
    enum sevl_result result = sevl_launch_info_read(info, &problem, buffer.memory, size);
    if (result != SEVL_OK)
        return fail_info(console, path, buffer.memory, &problem);
    if (problem.fault == SEVL_INFO_NO_FAULT || info->has_measurement ||
        request_has(request, OPTION_MEASUREMENT))
        return CLI_GO_ON;
    return fail_info(console, path, buffer.memory, &problem);
}

/* A number that is known, or has to be given; what is given wins. */
static enum cli_code read_known(uint32_t *number, const struct cli_console *console,
                                const struct request *request, size_t option, uint32_t max,
                                bool is_known)
{
    enum cli_code code = CLI_GO_ON;
    if (!is_known)
        code = cli_require(request->arguments, console, option);
    if (code == CLI_GO_ON)
        code = cli_read_number(request->arguments, console, option, 0, max, number);
    return code;
}

static enum cli_code read_byte(uint8_t *byte, const struct cli_console *console,
                               const struct request *request, size_t option, bool is_known)
{
    uint32_t number = *byte;
    enum cli_code code = read_known(&number, console, request, option, UINT8_MAX, is_known);
    *byte = (uint8_t)number;
    return code;
}

static enum cli_code read_versions(struct sevl_launch *launch, const struct cli_console *console,
                                   const struct request *request,
                                   const struct sevl_launch_info *info)
{
    if (!request_authenticates(request))
        return CLI_GO_ON;
    enum cli_code code =
        read_byte(&launch->api_major, console, request, OPTION_API_MAJOR, info->has_api_major);
    if (code == CLI_GO_ON)
        code =
            read_byte(&launch->api_minor, console, request, OPTION_API_MINOR, info->has_api_minor);
    if (code == CLI_GO_ON)
        code = read_byte(&launch->build, console, request, OPTION_BUILD_ID, info->has_build);
    return code;
}

static enum cli_code fail_measurement(const struct cli_console *console, const char *got,
                                      const char *text)
{
    return cli_error(console, CLI_USAGE,
                     "--measurement: expected base64 of exactly 48 bytes (64 characters), got ",
                     got, text, "'");
}

/* "/run/m", "./m", "m.b64": base64 begins with a slash once in 64, but has no dot. */
static bool is_file_name(const char *text)
{
    return text[0] == '/' || text_contains(text, '.');
}

static enum cli_code read_measurement(struct host_evidence *evidence,
                                      const struct cli_console *console,
                                      const struct request *request)
{
    const char *text = request_value(request, OPTION_MEASUREMENT);
    if (text == NULL)
        return CLI_GO_ON;
    evidence->has_measurement = true;
    if (looks_hexadecimal(text, text_length(text)))
        return fail_measurement(console, "hexadecimal digits: '", text);
    enum sevl_result result =
        sevl_measurement_from_base64(&evidence->values.measurement, text, text_length(text));
    if (result == SEVL_OK)
        return CLI_GO_ON;
    if (text[0] == '"' || text[0] == '\'')
        return fail_measurement(console, "quotation marks with it: '", text);
    if (is_file_name(text))
        return fail_measurement(console, "what looks like the name of a file: '", text);
    return fail_measurement(console,
                            result == SEVL_ERROR_LENGTH ? "another length: '"
                                                        : "other characters: '",
                            text);
}

static enum cli_code read_nonce(struct host_evidence *evidence, const struct cli_console *console,
                                const struct request *request)
{
    bool is_given = request_has(request, OPTION_NONCE);
    evidence->has_nonce = evidence->has_measurement || is_given;
    if (is_given && evidence->has_measurement)
        return cli_error(console, CLI_USAGE, "--nonce: the measurement holds a nonce already");
    return cli_read_bytes(request->arguments, console, OPTION_NONCE,
                          evidence->values.measurement.mnonce, SEVL_MNONCE_SIZE);
}

/* What the host reports may lack a measurement, but that is no reason not to validate. */
static enum cli_code check_measurement(const struct host_evidence *evidence,
                                       const struct cli_console *console,
                                       const struct request *request)
{
    if (request->purpose == PURPOSE_VALIDATE && !evidence->has_measurement)
        return cli_require(request->arguments, console, OPTION_MEASUREMENT);
    if (request->measurement_format != FORMAT_NONE && !evidence->has_nonce)
        return cli_error(console, CLI_USAGE,
                         "--print-measurement needs --nonce, or a --measurement with one");
    return CLI_GO_ON;
}

/* No SEV guest has such a policy: nobody can expect what would be printed for it. */
static enum cli_code check_policy(uint32_t policy, const struct cli_console *console,
                                  const struct request *request)
{
    if (!sevl_policy_is_snp(policy) || !request_prints(request))
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE, "policy ", text_hexadecimal(policy).text,
                     " has bit 17, as those of SEV-SNP: this command prints values of SEV and "
                     "SEV-ES");
}

enum cli_code evidence_read(struct host_evidence *evidence, const struct cli_console *console,
                            const struct request *request, struct cli_buffer buffer)
{
    struct sevl_launch_info info;
    struct sevl_launch *launch = &evidence->values.launch;
    enum cli_code code = read_info(&info, console, request, buffer);
    *evidence =
        (struct host_evidence){.has_measurement = info.has_measurement, .values = info.evidence};
    if (code == CLI_GO_ON)
        code = read_measurement(evidence, console, request);
    if (code == CLI_GO_ON)
        code = read_nonce(evidence, console, request);
    if (code == CLI_GO_ON)
        code = check_measurement(evidence, console, request);
    if (code == CLI_GO_ON)
        code = read_versions(launch, console, request, &info);
    if (code == CLI_GO_ON)
        code = read_known(&launch->policy, console, request, OPTION_POLICY, UINT32_MAX,
                          info.has_policy);
    if (code == CLI_GO_ON)
        code = check_policy(launch->policy, console, request);
    if (code == CLI_GO_ON)
        code = domain_read(&evidence->domain, console, request, launch, buffer);
    return code;
}
