/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "evidence.h"

#include <sevlaunch/host/launch_info.h>
#include <string.h>

#include "checks.h"
#include "text.h"

static bool read_info(struct sevl_launch_info *info, struct console *console, const char *path,
                      struct buffer buffer)
{
    size_t size;
    memset(info, 0, sizeof *info);
    if (path == NULL)
        return true;
    if (!input_all(buffer.memory, buffer.size, &size, console, "--launch-info", path))
        return false;
    enum sevl_result result = sevl_launch_info_read(info, buffer.memory, size);
    return result == SEVL_OK ||
           console_fail(console, CODE_USAGE,
                        "--launch-info: expected the output of virsh "
                        "domlaunchsecinfo, or QMP replies, in '",
                        path, "', got ",
                        result == SEVL_ERROR_ABSENT ? "none of their values" : "something else");
}

static bool read_byte(uint8_t *byte, struct console *console, const struct options *options,
                      enum option option, bool is_known)
{
    uint32_t number = *byte;
    if (!is_known && !check_require(options, console, option))
        return false;
    if (!check_number(options, console, option, 0, UINT8_MAX, &number))
        return false;
    *byte = (uint8_t)number;
    return true;
}

static bool read_versions(struct sevl_launch *launch, struct console *console,
                          const struct options *options, const struct sevl_launch_info *info)
{
    return read_byte(&launch->api_major, console, options, OPTION_API_MAJOR, info->has_api_major) &&
           read_byte(&launch->api_minor, console, options, OPTION_API_MINOR, info->has_api_minor) &&
           read_byte(&launch->build, console, options, OPTION_BUILD_ID, info->has_build);
}

static bool read_policy(struct sevl_launch *launch, struct console *console,
                        const struct options *options, bool is_known)
{
    if (!is_known && !check_require(options, console, OPTION_POLICY))
        return false;
    return check_number(options, console, OPTION_POLICY, 0, UINT32_MAX, &launch->policy);
}

static bool read_measurement(struct host_evidence *evidence, struct console *console,
                             const struct options *options)
{
    const char *text = options->value[OPTION_MEASUREMENT];
    if (text == NULL)
        return true;
    enum sevl_result result =
        sevl_measurement_from_base64(&evidence->values.measurement, text, text_length(text));
    evidence->has_measurement = true;
    return result == SEVL_OK ||
           console_fail(console, CODE_USAGE,
                        "--measurement: expected base64 of exactly 48 bytes (64 characters), got ",
                        result == SEVL_ERROR_LENGTH ? "another length: '" : "other characters: '",
                        text, "'");
}

static bool read_nonce(struct host_evidence *evidence, struct console *console,
                       const struct options *options)
{
    const char *text = options->value[OPTION_NONCE];
    evidence->has_nonce = evidence->has_measurement || text != NULL;
    if (text == NULL)
        return true;
    if (evidence->has_measurement)
        return console_fail(console, CODE_USAGE, "--nonce: the measurement holds a nonce already");
    return text_to_bytes(text, evidence->values.measurement.mnonce, SEVL_MNONCE_SIZE) ||
           console_fail(console, CODE_USAGE, "--nonce: expected 32 hexadecimal digits, got '", text,
                        "'");
}

/* What the host reports may lack a measurement, but that is no reason not to validate. */
static bool check_measurement(const struct host_evidence *evidence, struct console *console,
                              const struct options *options, const struct request *request)
{
    if (request->purpose == PURPOSE_VALIDATE && !evidence->has_measurement)
        return check_require(options, console, OPTION_MEASUREMENT);
    if (request->measurement_format != FORMAT_NONE && !evidence->has_nonce)
        return console_fail(console, CODE_USAGE,
                            "--print-measurement needs --nonce, or a --measurement with one");
    return true;
}

bool evidence_read(struct host_evidence *evidence, struct console *console,
                   const struct options *options, const struct request *request,
                   struct buffer buffer)
{
    struct sevl_launch_info info;
    if (!read_info(&info, console, options->value[OPTION_LAUNCH_INFO], buffer))
        return false;
    *evidence =
        (struct host_evidence){.has_measurement = info.has_measurement, .values = info.evidence};
    if (!read_measurement(evidence, console, options) || !read_nonce(evidence, console, options) ||
        !check_measurement(evidence, console, options, request))
        return false;
    if (request_authenticates(request) &&
        !read_versions(&evidence->values.launch, console, options, &info))
        return false;
    return read_policy(&evidence->values.launch, console, options, info.has_policy);
}
