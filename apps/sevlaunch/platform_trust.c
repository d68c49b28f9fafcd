/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_trust.h"

#include "cli/text.h"

/* Digits of another hash alone, as sevctl prints SHA-256 for Naples, are no base64 here. */
static bool is_of_base64(const char *text)
{
    return text_count_hexadecimal(text) < text_length(text);
}

static enum cli_code read_fingerprint(struct sevl_sev_fingerprint *fingerprint,
                                      const struct cli_console *console, const char *option,
                                      const char *text)
{
    uint8_t *hash = fingerprint->sha384;
    if (text_to_bytes(text, hash, SEVL_SHA384_SIZE))
        return CLI_GO_ON;
    if (is_of_base64(text) && text_to_bytes_of_base64(text, hash, SEVL_SHA384_SIZE))
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE, option,
                     ": expected 96 hexadecimal digits of a SHA-384, or 64 characters of base64, "
                     "got '",
                     text, "'");
}

enum cli_code platform_trust_read(struct platform_trust *trust, const struct cli_console *console,
                                  const struct cli_arguments *arguments,
                                  const struct platform_trust_options *options)
{
    const size_t ark = options->ark_fingerprint;
    const size_t oca = options->oca_fingerprint;
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < cli_count(arguments, ark) && code == CLI_GO_ON; i++)
        code = read_fingerprint(&trust->roots[trust->root_count++], console,
                                cli_name(arguments, ark), cli_value(arguments, ark, i));
    trust->has_oca = cli_has(arguments, oca);
    if (code != CLI_GO_ON || !trust->has_oca)
        return code;
    return read_fingerprint(&trust->oca, console, cli_name(arguments, oca), arguments->value[oca]);
}
