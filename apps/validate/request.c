/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "request.h"

#include "cli/check.h"
#include "cli/values.h"
#include "cpus.h"
#include "keys.h"
#include "secrets.h"

bool request_authenticates(const struct request *request)
{
    return request->purpose == PURPOSE_VALIDATE || request->measurement_format != FORMAT_NONE;
}

static enum cli_code read_format(enum format *format, const struct cli_console *console,
                                 const struct cli_arguments *arguments, size_t option)
{
    static const char *const words[] = {"hex", "base64", NULL};
    int word = FORMAT_NONE - 1;
    enum cli_code code = cli_read_word(arguments, console, option, words, &word);
    *format = (enum format)(word + 1);
    return code;
}

static enum cli_code read_formats(struct request *request, const struct cli_console *console)
{
    enum cli_code code =
        read_format(&request->digest_format, console, request->arguments, OPTION_PRINT_DIGEST);
    if (code != CLI_GO_ON)
        return code;
    return read_format(&request->measurement_format, console, request->arguments,
                       OPTION_PRINT_MEASUREMENT);
}

static enum cli_code read_digest(struct request *request, const struct cli_console *console)
{
    if (!request_has(request, OPTION_FIRMWARE) && !request_has(request, OPTION_LAUNCH_DIGEST))
        return cli_error(console, CLI_USAGE, "--firmware or --launch-digest is required");
    return cli_read_bytes(request->arguments, console, OPTION_LAUNCH_DIGEST, request->launch_digest,
                          sizeof request->launch_digest);
}

enum cli_code request_read(struct request *request, const struct cli_console *console,
                           const struct cli_arguments *arguments)
{
    *request = (struct request){.arguments = arguments, .purpose = purpose_of(arguments)};
    enum cli_code code = cli_check(arguments, console);
    if (code == CLI_GO_ON)
        code = read_formats(request, console);
    if (code == CLI_GO_ON)
        code = keys_check(request, console);
    if (code == CLI_GO_ON)
        code = read_digest(request, console);
    if (code == CLI_GO_ON)
        code = cpus_read(request, console);
    if (code == CLI_GO_ON)
        code = secrets_check(request, console);
    return code;
}
