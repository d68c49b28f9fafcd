/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/help.h"

#include "cli/text.h"

/* Two blanks, "-m, ", the longest name with its value, and two blanks. */
#define HELP_COLUMN 34

static const char blanks[] = "                                  ";
_Static_assert(sizeof blanks == HELP_COLUMN + 1, "blanks fill the column");

static const char *blanks_after(size_t used)
{
    return blanks + (used < HELP_COLUMN ? used : HELP_COLUMN - 1);
}

static bool print_option(const struct cli_option *option)
{
    const char letter[] = {'-', option->letter, ',', ' ', '\0'};
    const char *value = option->value == NULL ? "" : option->value;
    const char *gap = option->value == NULL ? "" : " ";
    size_t used = 2 + 4 + text_length(option->name) + text_length(gap) + text_length(value);
    return cli_line(PORT_OUT, "  ", option->letter == '\0' ? "    " : letter, option->name, gap,
                    value, blanks_after(used), option->help);
}

static bool print_group(const char *group)
{
    return cli_line(PORT_OUT, "") && cli_line(PORT_OUT, group, ":");
}

static bool print_options(const struct cli_command *command)
{
    for (size_t i = 0; i < command->count; i++) {
        const struct cli_option *option = &command->options[i];
        if (option->help == NULL)
            continue;
        if (option->group != NULL && !print_group(option->group))
            return false;
        if (!print_option(option))
            return false;
    }
    return true;
}

static bool print_lines(const char *const lines[])
{
    for (; *lines != NULL; lines++)
        if (!cli_line(PORT_OUT, *lines))
            return false;
    return true;
}

static enum cli_code end_answer(const struct cli_console *console, bool printed)
{
    enum cli_code code = cli_check_printed(console, printed);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

enum cli_code cli_print_help(const struct cli_command *command, const struct cli_console *console)
{
    return end_answer(console, print_lines(command->before) && print_options(command) &&
                                   print_lines(command->after));
}

enum cli_code cli_print_version(const struct cli_command *command,
                                const struct cli_console *console)
{
    return end_answer(console,
                      cli_line(PORT_OUT, command->name, " (sevlaunch) " SEVLAUNCH_VERSION));
}
