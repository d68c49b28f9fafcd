/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "options.h"

_Static_assert(OPTION_COUNT <= CLI_OPTIONS_MAX, "each option has a place");

#define BIT(name) CLI_BIT(OPTION_##name)
#define OPTION(place, text, ...) [OPTION_##place] = {text, __VA_ARGS__},
static const struct cli_option validate_options[OPTION_COUNT] = {
#include "options.def"
};

static const char *const lines_before[] = {
    "usage: virt-qemu-sev-validate [OPTION]...",
    "",
    "Validates the launch measurement of an AMD SEV or SEV-ES guest: whether it was",
    "launched with the firmware that its owner chose.",
    NULL,
};
static const char *const lines_after[] = {
    "",
    "Numbers are decimal, or hexadecimal after 0x. A PATH of - is standard input.",
    "Options may be abbreviated; the last of a repeated one counts.",
    "",
    "Exit status: 0 the measurement matches, 1 it does not, 2 usage, 3 other errors.",
    NULL,
};

const struct cli_command validate_command = {
    .name = "virt-qemu-sev-validate",
    .before = lines_before,
    .after = lines_after,
    .options = validate_options,
    .count = OPTION_COUNT,
    .help = OPTION_HELP,
    .quiet = OPTION_QUIET,
    .debug = OPTION_DEBUG,
};

size_t options_first_marked(const struct cli_arguments *arguments, enum mark mark)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (cli_has(arguments, i) && (validate_options[i].marks & mark) != 0)
            return i;
    return OPTION_COUNT;
}
