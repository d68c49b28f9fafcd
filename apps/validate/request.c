/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "request.h"

#include "cli/check.h"
#include "cli/text.h"
#include "cli/values.h"
#include "cpus.h"
#include "domain.h"
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

/* SHA-384, as digests of SEV-SNP are. A digest of SEV with a slip in it can be base64, too. */
static bool has_snp_size(const char *text)
{
    uint8_t bytes[48];
    return text != NULL && (text_to_bytes(text, bytes, sizeof bytes) ||
                            (text_to_bytes_of_base64(text, bytes, sizeof bytes) &&
                             text_count_hexadecimal(text) < text_length(text) / 2));
}

static enum cli_code read_digest(struct request *request, const struct cli_console *console)
{
    if (!request_has(request, OPTION_FIRMWARE) && !request_has(request, OPTION_LAUNCH_DIGEST))
        return cli_error(console, CLI_USAGE, "--firmware or --launch-digest is required");
    if (has_snp_size(request_value(request, OPTION_LAUNCH_DIGEST)))
        return cli_error(console, CLI_USAGE,
                         "--launch-digest: this is as long as a digest of SEV-SNP, 48 bytes: this "
                         "command validates SEV and SEV-ES, whose digests have 32");
    return cli_read_bytes(request->arguments, console, OPTION_LAUNCH_DIGEST, request->launch_digest,
                          sizeof request->launch_digest);
}

static bool wants_hints(const struct request *request, const struct cli_console *console)
{
    bool has_reader = !console->quiet || request_has(request, OPTION_JSON);
    return request->purpose == PURPOSE_VALIDATE && has_reader &&
           !request_has(request, OPTION_NO_HINTS);
}

enum cli_code request_read(struct request *request, const struct cli_console *console,
                           const struct cli_arguments *arguments)
{
    *request = (struct request){.arguments = arguments, .purpose = purpose_of(arguments)};
    request->wants_hints = wants_hints(request, console);
    enum cli_code code = domain_refuse_host_options(arguments, console);
    if (code == CLI_GO_ON)
        code = cli_check(arguments, console);
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
