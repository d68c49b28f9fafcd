/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "digest_format.h"

#include <sevlaunch/base64.h>

#include "cli/text.h"
#include "cli/values.h"

enum cli_code digest_format_read(bool *is_base64, const struct cli_arguments *arguments,
                                 const struct cli_console *console, size_t option)
{
    static const char *const formats[] = {"hex", "base64", NULL};
    int format = 0;
    enum cli_code code = cli_read_word(arguments, console, option, formats, &format);
    *is_base64 = format == 1;
    return code;
}

enum cli_code digest_format_check(const struct cli_arguments *arguments,
                                  const struct cli_console *console, size_t option, uint64_t values)
{
    if (!cli_has(arguments, option) || values == 1)
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE,
                     "--format is that of one value: several are printed as JSON");
}

enum cli_code digest_format_print(const struct cli_console *console, bool is_base64,
                                  const uint8_t *digest, size_t size)
{
    char text[2 * DIGEST_SIZE_MAX + 1];
    if (!is_base64)
        text_from_bytes(text, digest, size);
    else if (sevl_base64_encode(digest, size, text, sizeof text) != SEVL_OK)
        return cli_error(console, CLI_FAILED, "base64 failed");
    return cli_check_printed(console, cli_line(PORT_OUT, text));
}
