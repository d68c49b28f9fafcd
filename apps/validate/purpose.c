/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "purpose.h"

static bool have_any(const struct options *options, const enum option list[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (options_have(options, list[i]))
            return true;
    return false;
}

/* A verdict is asked for by whoever gives what only a verdict needs. */
static bool asks_for_verdict(const struct options *options)
{
    static const enum option verdict[] = {OPTION_MEASUREMENT,   OPTION_LAUNCH_INFO,
                                          OPTION_JSON,          OPTION_INJECT_SECRET,
                                          OPTION_SECRET_HEADER, OPTION_SECRET_PAYLOAD,
                                          OPTION_SECRET_PADDING};
    static const enum option measure[] = {OPTION_API_MAJOR, OPTION_API_MINOR, OPTION_BUILD_ID,
                                          OPTION_TIK,       OPTION_TEK,       OPTION_TK};
    if (have_any(options, verdict, sizeof verdict / sizeof *verdict))
        return true;
    return have_any(options, measure, sizeof measure / sizeof *measure) &&
           !options_have(options, OPTION_PRINT_MEASUREMENT);
}

static bool prints_expected(const struct options *options)
{
    return options_have(options, OPTION_PRINT_DIGEST) ||
           options_have(options, OPTION_PRINT_MEASUREMENT);
}

enum purpose purpose_of(const struct options *options)
{
    if (options_have(options, OPTION_HELP))
        return PURPOSE_HELP;
    if (options_have(options, OPTION_VERSION))
        return PURPOSE_VERSION;
    if (options_have(options, OPTION_SELF_TEST))
        return PURPOSE_SELF_TEST;
    if (prints_expected(options) && !asks_for_verdict(options))
        return PURPOSE_EXPECT;
    return PURPOSE_VALIDATE;
}

static bool is_alone(const struct options *options, enum option option)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        bool is_manner = i == OPTION_DEBUG || i == OPTION_QUIET;
        if (i != (int)option && !is_manner && options->value[i] != NULL)
            return false;
    }
    return true;
}

bool purpose_check(const struct options *options, struct console *console, enum purpose purpose)
{
    enum option option = purpose == PURPOSE_VERSION ? OPTION_VERSION : OPTION_SELF_TEST;
    if (purpose != PURPOSE_VERSION && purpose != PURPOSE_SELF_TEST)
        return true;
    if (!is_alone(options, option))
        return console_fail(console, CODE_USAGE, option_forms[option].name,
                            " validates no guest: give it alone");
    return true;
}
