/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "request.h"

#include "text.h"

struct number {
    enum option option;
    uint32_t most;
    uint32_t value;
};

static bool require(struct console *console, const struct options *options, enum option option)
{
    if (options->value[option] != NULL)
        return true;
    return console_fail(console, CODE_USAGE, option_forms[option].name, " ",
                        option_forms[option].value, " is required: ", option_forms[option].help);
}

static bool read_number(struct number *number, struct console *console,
                        const struct options *options)
{
    const char *text = options->value[number->option];
    if (!require(console, options, number->option))
        return false;
    if (text_to_number(text, number->most, &number->value))
        return true;
    return console_fail(console, CODE_USAGE, option_forms[number->option].name,
                        ": expected a number from 0 to ", decimal(number->most).text,
                        ", decimal or 0x hexadecimal, got '", text, "'");
}

static bool read_launch(struct sevl_launch *launch, struct console *console,
                        const struct options *options)
{
    struct number major = {OPTION_API_MAJOR, UINT8_MAX, 0};
    struct number minor = {OPTION_API_MINOR, UINT8_MAX, 0};
    struct number build = {OPTION_BUILD_ID, UINT8_MAX, 0};
    struct number policy = {OPTION_POLICY, UINT32_MAX, 0};
    if (!read_number(&major, console, options) || !read_number(&minor, console, options) ||
        !read_number(&build, console, options) || !read_number(&policy, console, options))
        return false;
    *launch = (struct sevl_launch){.api_major = (uint8_t)major.value,
                                   .api_minor = (uint8_t)minor.value,
                                   .build = (uint8_t)build.value,
                                   .policy = policy.value};
    return true;
}

static bool read_measurement(struct sevl_measurement *reported, struct console *console,
                             const struct options *options)
{
    const char *text = options->value[OPTION_MEASUREMENT];
    if (!require(console, options, OPTION_MEASUREMENT))
        return false;
    enum sevl_result result = sevl_measurement_from_base64(reported, text, text_length(text));
    if (result == SEVL_OK)
        return true;
    return console_fail(console, CODE_USAGE,
                        "--measurement: expected base64 of exactly 48 bytes (64 characters), got ",
                        result == SEVL_ERROR_LENGTH ? "another length: '" : "other characters: '",
                        text, "'");
}

static bool read_digest(struct request *request, struct console *console,
                        const struct options *options)
{
    const char *digest = options->value[OPTION_LAUNCH_DIGEST];
    request->firmware = options->value[OPTION_FIRMWARE];
    if ((request->firmware == NULL) == (digest == NULL))
        return console_fail(console, CODE_USAGE,
                            "one of --firmware and --launch-digest is required, and only one");
    if (digest == NULL || text_to_bytes(digest, request->launch_digest, SEVL_SHA256_SIZE))
        return true;
    return console_fail(console, CODE_USAGE,
                        "--launch-digest: expected 64 hexadecimal digits, got '", digest, "'");
}

static bool read_keys(struct request *request, struct console *console,
                      const struct options *options)
{
    request->tk = options->value[OPTION_TK];
    request->tek = options->value[OPTION_TEK];
    request->tik = options->value[OPTION_TIK];
    if (request->tk != NULL && (request->tek != NULL || request->tik != NULL))
        return console_fail(console, CODE_USAGE, "--tk is mutually exclusive with --tek/--tik");
    if (request->tk == NULL && (request->tek == NULL || request->tik == NULL))
        return console_fail(console, CODE_USAGE, "Either --tk or both of --tek/--tik are required");
    return true;
}

/* Standard input can be read once only. */
static bool check_standard_input(struct console *console, const struct options *options)
{
    static const enum option paths[] = {OPTION_FIRMWARE, OPTION_TK, OPTION_TEK, OPTION_TIK};
    const char *first = NULL;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const char *value = options->value[paths[i]];
        if (value == NULL || !text_equal(value, "-"))
            continue;
        if (first != NULL)
            return console_fail(console, CODE_USAGE, first, " and ", option_forms[paths[i]].name,
                                " cannot both be -: standard input is read once");
        first = option_forms[paths[i]].name;
    }
    return true;
}

bool request_read(struct request *request, struct console *console, const struct options *options)
{
    return read_measurement(&request->reported, console, options) &&
           read_launch(&request->launch, console, options) &&
           read_digest(request, console, options) && read_keys(request, console, options) &&
           check_standard_input(console, options);
}
