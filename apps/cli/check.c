/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/check.h"

#include "cli/text.h"

/* A check of an option that is given. */
typedef enum cli_code check_option(const struct cli_arguments *arguments,
                                   const struct cli_console *console, size_t option);

/* The first option of `others` that is given, or is not; the number of options for none. */
static size_t first_other(const struct cli_arguments *arguments, uint64_t others, bool is_given)
{
    size_t i = 0;
    while (i < arguments->command->count &&
           ((others & CLI_BIT(i)) == 0 || cli_has(arguments, i) != is_given))
        i++;
    return i;
}

static enum cli_code check_others(const struct cli_arguments *arguments,
                                  const struct cli_console *console, size_t option)
{
    const struct cli_option *row = &arguments->command->options[option];
    size_t excluded = first_other(arguments, row->excludes, true);
    size_t missing = first_other(arguments, row->needs, false);
    if (excluded < arguments->command->count)
        return cli_error(console, CLI_USAGE, row->name, " is mutually exclusive with ",
                         cli_name(arguments, excluded));
    if (missing < arguments->command->count)
        return cli_error(console, CLI_USAGE, row->name, " requires ", cli_name(arguments, missing));
    return CLI_GO_ON;
}

static size_t count_standard_input(const struct cli_arguments *arguments, size_t option)
{
    size_t count = 0;
    for (size_t n = 0; n < cli_count(arguments, option); n++)
        if (text_equal(cli_path(arguments, option, n), "-"))
            count++;
    return count;
}

/* Standard input can be read once only. */
static enum cli_code check_input(const struct cli_arguments *arguments,
                                 const struct cli_console *console, size_t option)
{
    if (!cli_has_trait(arguments, option, CLI_INPUT))
        return CLI_GO_ON;
    size_t count = count_standard_input(arguments, option);
    if (count > 1)
        return cli_error(console, CLI_USAGE, "two ", cli_name(arguments, option),
                         " cannot both be -: standard input is read once");
    for (size_t i = 0; count == 1 && i < option; i++)
        if (cli_has_trait(arguments, i, CLI_INPUT) && count_standard_input(arguments, i) > 0)
            return cli_error(console, CLI_USAGE, cli_name(arguments, i), " and ",
                             cli_name(arguments, option),
                             " cannot both be -: standard input is read once");
    return CLI_GO_ON;
}

static bool names_same_file(const struct cli_arguments *arguments, size_t option, const char *path)
{
    if (!cli_has_trait(arguments, option, CLI_INPUT) &&
        !cli_has_trait(arguments, option, CLI_OUTPUT))
        return false;
    for (size_t n = 0; n < cli_count(arguments, option); n++)
        if (port_is_same(path, cli_path(arguments, option, n)))
            return true;
    return false;
}

static bool prints_answer(const struct cli_arguments *arguments)
{
    for (size_t i = 0; i < arguments->command->count; i++)
        if (cli_has(arguments, i) && cli_has_trait(arguments, i, CLI_PRINTS))
            return true;
    return false;
}

/* Whether anything can be printed to a stream. */
static bool is_printed_to(const struct cli_arguments *arguments, const struct cli_console *console,
                          enum port_stream stream)
{
    if (!console->quiet)
        return true;
    return stream == PORT_ERR ? console->debug : prints_answer(arguments);
}

static enum cli_code check_streams(const struct cli_arguments *arguments,
                                   const struct cli_console *console, size_t option)
{
    static const char *const names[] = {
        [PORT_OUT] = "standard output", [PORT_ERR] = "standard error"};
    const char *path = arguments->value[option];
    for (int i = PORT_OUT; i <= PORT_ERR; i++) {
        enum port_stream stream = (enum port_stream)i;
        if (is_printed_to(arguments, console, stream) && port_is_stream(path, stream))
            return cli_error(console, CLI_USAGE, cli_name(arguments, option),
                             ": expected a file that nothing else goes to, got '", path, "', ",
                             names[stream]);
    }
    return CLI_GO_ON;
}

static enum cli_code check_output(const struct cli_arguments *arguments,
                                  const struct cli_console *console, size_t option)
{
    const char *path = arguments->value[option];
    if (!cli_has_trait(arguments, option, CLI_OUTPUT))
        return CLI_GO_ON;
    if (text_equal(path, "-"))
        return cli_error(console, CLI_USAGE, cli_name(arguments, option),
                         ": expected a file to write, got '-', standard input");
    for (size_t i = 0; i < arguments->command->count; i++)
        if (i != option && names_same_file(arguments, i, path))
            return cli_error(console, CLI_USAGE, cli_name(arguments, option), " and ",
                             cli_name(arguments, i), " name the same file");
    return check_streams(arguments, console, option);
}

enum cli_code cli_check(const struct cli_arguments *arguments, const struct cli_console *console)
{
    static check_option *const checks[] = {check_others, check_input, check_output};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        for (size_t option = 0; option < arguments->command->count; option++) {
            if (!cli_has(arguments, option))
                continue;
            enum cli_code code = checks[i](arguments, console, option);
            if (code != CLI_GO_ON)
                return code;
        }
    return CLI_GO_ON;
}
