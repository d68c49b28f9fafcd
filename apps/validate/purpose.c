/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "purpose.h"

/* A verdict is asked for by whoever gives what only a verdict needs. */
static bool asks_for_verdict(const struct cli_arguments *arguments)
{
    if (options_first_marked(arguments, MARK_VERDICT) != OPTION_COUNT)
        return true;
    return options_first_marked(arguments, MARK_MEASURE) != OPTION_COUNT &&
           !cli_has(arguments, OPTION_PRINT_MEASUREMENT);
}

static bool prints_expected(const struct cli_arguments *arguments)
{
    return cli_has(arguments, OPTION_PRINT_DIGEST) || cli_has(arguments, OPTION_PRINT_MEASUREMENT);
}

enum purpose purpose_of(const struct cli_arguments *arguments)
{
    if (cli_has(arguments, OPTION_HELP))
        return PURPOSE_HELP;
    if (cli_has(arguments, OPTION_VERSION))
        return PURPOSE_VERSION;
    if (cli_has(arguments, OPTION_SELF_TEST))
        return PURPOSE_SELF_TEST;
    if (prints_expected(arguments) && !asks_for_verdict(arguments))
        return PURPOSE_EXPECT;
    return PURPOSE_VALIDATE;
}

static bool is_alone(const struct cli_arguments *arguments, size_t option)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        bool is_manner = (arguments->command->options[i].marks & MARK_MANNER) != 0;
        if (i != option && !is_manner && cli_has(arguments, i))
            return false;
    }
    return true;
}

enum cli_code purpose_check(const struct cli_arguments *arguments,
                            const struct cli_console *console, enum purpose purpose)
{
    size_t option = purpose == PURPOSE_VERSION ? OPTION_VERSION : OPTION_SELF_TEST;
    if (purpose != PURPOSE_VERSION && purpose != PURPOSE_SELF_TEST)
        return CLI_GO_ON;
    if (!is_alone(arguments, option))
        return cli_error(console, CLI_USAGE, cli_name(arguments, option),
                         " validates no guest: give it alone");
    return CLI_GO_ON;
}
