/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/option.h"

#include "cli/text.h"

static const char *repeated_value(const struct cli_arguments *arguments, size_t option, size_t n)
{
    for (size_t i = 0; i < arguments->repeated_count; i++) {
        if (arguments->repeated_option[i] != option)
            continue;
        if (n == 0)
            return arguments->repeated[i];
        n--;
    }
    return NULL;
}

const char *cli_value(const struct cli_arguments *arguments, size_t option, size_t n)
{
    if (cli_has_trait(arguments, option, CLI_REPEATS))
        return repeated_value(arguments, option, n);
    return n == 0 ? arguments->value[option] : NULL;
}

size_t cli_count(const struct cli_arguments *arguments, size_t option)
{
    size_t count = 0;
    while (cli_value(arguments, option, count) != NULL)
        count++;
    return count;
}

const char *cli_path(const struct cli_arguments *arguments, size_t option, size_t n)
{
    const char *value = cli_value(arguments, option, n);
    if (value == NULL || !cli_has_trait(arguments, option, CLI_LABELLED))
        return value;
    size_t label = text_length_to(value, ':');
    return value[label] == '\0' ? "" : value + label + 1;
}
