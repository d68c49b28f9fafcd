/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "checks.h"

#include "text.h"

bool check_require(const struct options *options, struct console *console, enum option option)
{
    if (options->value[option] != NULL)
        return true;
    return console_fail(console, CODE_USAGE, option_forms[option].name, " ",
                        option_forms[option].value, " is required: ", option_forms[option].help);
}

bool check_number(const struct options *options, struct console *console, enum option option,
                  uint32_t least, uint32_t most, uint32_t *number)
{
    const char *text = options->value[option];
    uint64_t value = 0;
    if (text == NULL)
        return true;
    if (text_to_number(text, most, &value) && value >= least) {
        *number = (uint32_t)value;
        return true;
    }
    return console_fail(console, CODE_USAGE, option_forms[option].name, ": expected a number from ",
                        decimal(least).text, " to ", decimal(most).text,
                        ", decimal or 0x hexadecimal, got '", text, "'");
}

bool check_exclude(const struct options *options, struct console *console, enum option option,
                   enum option other)
{
    return !options_have(options, option) || !options_have(options, other) ||
           console_fail(console, CODE_USAGE, option_forms[option].name,
                        " is mutually exclusive with ", option_forms[other].name);
}

bool check_depend(const struct options *options, struct console *console, enum option option,
                  enum option other)
{
    return !options_have(options, option) || options_have(options, other) ||
           console_fail(console, CODE_USAGE, option_forms[option].name, " requires ",
                        option_forms[other].name);
}

bool check_word(const struct options *options, struct console *console, enum option option,
                const char *const words[], int *index)
{
    const char *text = options->value[option];
    if (text == NULL)
        return true;
    for (*index = 0; words[*index] != NULL; ++*index)
        if (text_equal(text, words[*index]))
            return true;
    return console_fail(console, CODE_USAGE, option_forms[option].name, ": expected ", words[0],
                        words[2] == NULL ? "" : ", ", words[2] == NULL ? "" : words[1], " or ",
                        words[2] == NULL ? words[1] : words[2], ", got '", text, "'");
}
