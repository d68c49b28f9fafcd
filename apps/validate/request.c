/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "request.h"

#include "checks.h"
#include "cpus.h"
#include "text.h"

bool request_authenticates(const struct request *request)
{
    return request->purpose == PURPOSE_VALIDATE || request->measurement_format != FORMAT_NONE;
}

static bool read_digest(struct request *request, struct console *console,
                        const struct options *options)
{
    static const enum option measured[] = {
        OPTION_FIRMWARE,     OPTION_KERNEL,        OPTION_INITRD,       OPTION_CMDLINE,
        OPTION_CMDLINE_FILE, OPTION_NUM_CPUS,      OPTION_VMSA_CPU0,    OPTION_VMSA_CPU1,
        OPTION_CPU_FAMILY,   OPTION_CPU_MODEL,     OPTION_CPU_STEPPING, OPTION_CPU_TYPE,
        OPTION_VMM,          OPTION_CPU_SIGNATURE, OPTION_VMSA_FPU,     OPTION_SEV_FEATURES,
        OPTION_VMSA_OUT};
    const char *digest = options->value[OPTION_LAUNCH_DIGEST];
    request->firmware = options->value[OPTION_FIRMWARE];
    if (request->firmware == NULL && digest == NULL)
        return console_fail(console, CODE_USAGE, "--firmware or --launch-digest is required");
    for (size_t i = 0; i < sizeof measured / sizeof *measured; i++)
        if (!check_exclude(options, console, OPTION_LAUNCH_DIGEST, measured[i]))
            return false;
    if (digest == NULL || text_to_bytes(digest, request->launch_digest, SEVL_SHA256_SIZE))
        return true;
    return console_fail(console, CODE_USAGE,
                        "--launch-digest: expected 64 hexadecimal digits, got '", digest, "'");
}

static bool read_kernel(struct request *request, struct console *console,
                        const struct options *options)
{
    request->kernel = options->value[OPTION_KERNEL];
    request->initrd = options->value[OPTION_INITRD];
    request->cmdline = options->value[OPTION_CMDLINE];
    request->cmdline_file = options->value[OPTION_CMDLINE_FILE];
    return check_depend(options, console, OPTION_INITRD, OPTION_KERNEL) &&
           check_depend(options, console, OPTION_CMDLINE, OPTION_KERNEL) &&
           check_depend(options, console, OPTION_CMDLINE_FILE, OPTION_KERNEL) &&
           check_exclude(options, console, OPTION_CMDLINE_FILE, OPTION_CMDLINE);
}

static bool read_keys(struct request *request, struct console *console,
                      const struct options *options)
{
    request->tk = options->value[OPTION_TK];
    request->tek = options->value[OPTION_TEK];
    request->tik = options->value[OPTION_TIK];
    if (request->tk != NULL && (request->tek != NULL || request->tik != NULL))
        return console_fail(console, CODE_USAGE, "--tk is mutually exclusive with --tek/--tik");
    bool complete = request->tk != NULL || (request->tek != NULL && request->tik != NULL);
    if (!complete && request_authenticates(request))
        return console_fail(console, CODE_USAGE, "Either --tk or both of --tek/--tik are required");
    return true;
}

static bool read_formats(struct request *request, struct console *console,
                         const struct options *options)
{
    static const char *const words[] = {"hex", "base64", NULL};
    int digest = -1;
    int measurement = -1;
    if (!check_word(options, console, OPTION_PRINT_DIGEST, words, &digest) ||
        !check_word(options, console, OPTION_PRINT_MEASUREMENT, words, &measurement))
        return false;
    request->digest_format = (enum format)(digest + 1);
    request->measurement_format = (enum format)(measurement + 1);
    return check_depend(options, console, OPTION_NONCE, OPTION_PRINT_MEASUREMENT) &&
           check_exclude(options, console, OPTION_JSON, OPTION_PRINT_DIGEST) &&
           check_exclude(options, console, OPTION_JSON, OPTION_PRINT_MEASUREMENT);
}

static bool read_secrets(struct request *request, struct console *console,
                         const struct options *options)
{
    static const char *const words[] = {"libvirt", "minimal", NULL};
    int padding = SEVL_SECRET_PADDING_LIBVIRT;
    if (!check_word(options, console, OPTION_SECRET_PADDING, words, &padding))
        return false;
    request->padding = (enum sevl_secret_padding)padding;
    request->secret_header = options->value[OPTION_SECRET_HEADER];
    request->secret_payload = options->value[OPTION_SECRET_PAYLOAD];
    request->secrets = options->secrets;
    return check_depend(options, console, OPTION_SECRET_PADDING, OPTION_INJECT_SECRET) &&
           check_depend(options, console, OPTION_INJECT_SECRET, OPTION_SECRET_HEADER) &&
           check_depend(options, console, OPTION_INJECT_SECRET, OPTION_SECRET_PAYLOAD) &&
           check_depend(options, console, OPTION_SECRET_HEADER, OPTION_SECRET_PAYLOAD) &&
           check_depend(options, console, OPTION_SECRET_PAYLOAD, OPTION_SECRET_HEADER);
}

/* ALIAS-OR-GUID:PATH with a path of "-". The path begins after the first colon. */
static bool is_standard_input(const char *secret)
{
    while (*secret != '\0' && *secret != ':')
        secret++;
    return text_equal(secret, ":-");
}

/* Standard input can be read once only. */
static bool check_standard_input(struct console *console, const struct options *options)
{
    static const enum option paths[] = {OPTION_LAUNCH_INFO, OPTION_FIRMWARE,     OPTION_KERNEL,
                                        OPTION_INITRD,      OPTION_CMDLINE_FILE, OPTION_VMSA_CPU0,
                                        OPTION_VMSA_CPU1,   OPTION_TK,           OPTION_TEK,
                                        OPTION_TIK};
    const char *first = NULL;
    for (int i = 0; i < options->secrets; i++) {
        if (!is_standard_input(options->secret[i]))
            continue;
        if (first != NULL)
            return console_fail(console, CODE_USAGE,
                                "two --inject-secret cannot both be -: "
                                "standard input is read once");
        first = "--inject-secret";
    }
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

/* Standard input is none of the places that something can be written to. */
static bool check_outputs(struct console *console, const struct options *options)
{
    static const enum option paths[] = {OPTION_VMSA_OUT, OPTION_SECRET_HEADER,
                                        OPTION_SECRET_PAYLOAD};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const char *value = options->value[paths[i]];
        if (value != NULL && text_equal(value, "-"))
            return console_fail(console, CODE_USAGE, option_forms[paths[i]].name,
                                ": expected a file to write, got '-', standard input");
    }
    return true;
}

bool request_read(struct request *request, struct console *console, const struct options *options)
{
    *request = (struct request){.purpose = purpose_of(options)};
    return read_formats(request, console, options) && read_keys(request, console, options) &&
           read_digest(request, console, options) && read_kernel(request, console, options) &&
           cpus_read(request, console, options) && read_secrets(request, console, options) &&
           check_standard_input(console, options) && check_outputs(console, options);
}
