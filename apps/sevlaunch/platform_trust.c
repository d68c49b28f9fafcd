/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_trust.h"

#include "cli/text.h"
#include "cli/values.h"

static enum cli_code read_root(struct platform_trust *trust, const struct cli_console *console,
                               const char *option, const char *text)
{
    uint8_t *hash = trust->roots[trust->root_count++].sha384;
    if (text_to_bytes(text, hash, SEVL_SHA384_SIZE) ||
        text_to_bytes_of_base64(text, hash, SEVL_SHA384_SIZE))
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE, option,
                     ": expected 96 hexadecimal digits, or 64 characters of base64, got '", text,
                     "'");
}

enum cli_code platform_trust_read(struct platform_trust *trust, const struct cli_console *console,
                                  const struct cli_arguments *arguments,
                                  const struct platform_trust_options *options)
{
    const size_t ark = options->ark_fingerprint;
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < cli_count(arguments, ark) && code == CLI_GO_ON; i++)
        code = read_root(trust, console, cli_name(arguments, ark), cli_value(arguments, ark, i));
    trust->has_oca = cli_has(arguments, options->oca_fingerprint);
    return code == CLI_GO_ON ? cli_read_bytes(arguments, console, options->oca_fingerprint,
                                              trust->oca.sha384, SEVL_SHA384_SIZE)
                             : code;
}
