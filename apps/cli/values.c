/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/values.h"

#include <sevlaunch/base64.h>

#include "cli/text.h"

enum cli_code cli_require(const struct cli_arguments *arguments, const struct cli_console *console,
                          size_t option)
{
    const struct cli_option *row = &arguments->command->options[option];
    if (!cli_has(arguments, option))
        return cli_error(console, CLI_USAGE, row->name, " ", row->value,
                         " is required: ", row->help);
    return CLI_GO_ON;
}

enum cli_code cli_read_number(const struct cli_arguments *arguments,
                              const struct cli_console *console, size_t option, uint32_t min,
                              uint32_t max, uint32_t *number)
{
    const char *text = arguments->value[option];
    uint64_t value = 0;
    if (text == NULL)
        return CLI_GO_ON;
    if (!text_to_number(text, max, &value) || value < min)
        return cli_error(console, CLI_USAGE, cli_name(arguments, option),
                         ": expected a number from ", text_decimal(min).text, " to ",
                         text_decimal(max).text, ", decimal or 0x hexadecimal, got '", text, "'");
    *number = (uint32_t)value;
    return CLI_GO_ON;
}

enum cli_code cli_read_number64(const struct cli_arguments *arguments,
                                const struct cli_console *console, size_t option, uint64_t *number)
{
    const char *text = arguments->value[option];
    if (text != NULL && !text_to_number(text, UINT64_MAX, number))
        return cli_error(console, CLI_USAGE, cli_name(arguments, option),
                         ": expected a number of 64 bits, decimal or 0x hexadecimal, got '", text,
                         "'");
    return CLI_GO_ON;
}

static enum cli_code fail_word(const struct cli_arguments *arguments,
                               const struct cli_console *console, size_t option,
                               const char *const words[])
{
    const char *parts[3 + 2 * CLI_WORDS_MAX + 3] = {"ERROR: ", cli_name(arguments, option),
                                                    ": expected "};
    size_t used = 3;
    for (size_t i = 0; words[i] != NULL; i++) {
        if (i > 0)
            parts[used++] = words[i + 1] == NULL ? " or " : ", ";
        parts[used++] = words[i];
    }
    parts[used++] = ", got '";
    parts[used++] = arguments->value[option];
    parts[used] = "'";
    return cli_error_of(console, CLI_USAGE, parts);
}

enum cli_code cli_read_word(const struct cli_arguments *arguments,
                            const struct cli_console *console, size_t option,
                            const char *const words[], int *index)
{
    if (!cli_has(arguments, option))
        return CLI_GO_ON;
    for (int i = 0; words[i] != NULL; i++)
        if (text_equal(arguments->value[option], words[i])) {
            *index = i;
            return CLI_GO_ON;
        }
    return fail_word(arguments, console, option, words);
}

enum cli_code cli_read_bytes(const struct cli_arguments *arguments,
                             const struct cli_console *console, size_t option, uint8_t *bytes,
                             size_t size)
{
    const char *text = arguments->value[option];
    if (text == NULL || text_to_bytes(text, bytes, size) ||
        text_to_bytes_of_base64(text, bytes, size))
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE, cli_name(arguments, option), ": expected ",
                     text_decimal(2 * size).text, " hexadecimal digits, or ",
                     text_decimal(SEVL_BASE64_SIZE(size) - 1).text, " characters of base64, got '",
                     text, "'");
}
