/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The purpose of a run, for any options: without a verdict, an exit code 0 is possible only
 * for expected values alone, for the help, or for the version or self-test alone.
 */
#include "proof.h"

#include <apps/validate/purpose.c>

static int lines;

enum cli_code cli_error_of(const struct cli_console *console, enum cli_code code,
                           const char *const parts[])
{
    PROVE(code == CLI_USAGE);
    lines++;
    return code;
}

static struct cli_arguments arguments = {.command = &validate_command};

#define GIVEN(name) (arguments.value[OPTION_##name] != NULL)

static bool asks_for_verdict_by_name(void)
{
    bool reported =
        GIVEN(MEASUREMENT) || GIVEN(LAUNCH_INFO) || GIVEN(DOMAIN_XML) || GIVEN(JSON) || GIVEN(THEN);
    bool secret = GIVEN(INJECT_SECRET) || GIVEN(SECRET_HEADER) || GIVEN(SECRET_PAYLOAD) ||
                  GIVEN(SECRET_PADDING);
    bool keys = GIVEN(TK) || GIVEN(TIK) || GIVEN(TEK);
    bool versions = GIVEN(API_MAJOR) || GIVEN(API_MINOR) || GIVEN(BUILD_ID);
    return reported || secret || ((keys || versions) && !GIVEN(PRINT_MEASUREMENT));
}

static enum purpose expected(void)
{
    if (GIVEN(HELP))
        return PURPOSE_HELP;
    if (GIVEN(VERSION))
        return PURPOSE_VERSION;
    if (GIVEN(SELF_TEST))
        return PURPOSE_SELF_TEST;
    if ((GIVEN(PRINT_DIGEST) || GIVEN(PRINT_MEASUREMENT)) && !asks_for_verdict_by_name())
        return PURPOSE_EXPECT;
    return PURPOSE_VALIDATE;
}

/* Beside --debug and --quiet. */
static size_t others_than(size_t option)
{
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (i != option && i != OPTION_DEBUG && i != OPTION_QUIET && arguments.value[i] != NULL)
            count++;
    return count;
}

int main(void)
{
    const struct cli_console console = {.quiet = false};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        arguments.value[i] = nondet_bool() ? "" : NULL;

    enum purpose purpose = purpose_of(&arguments);
    bool accepted = purpose_check(&arguments, &console, purpose) == CLI_GO_ON;

    REACHES(purpose == PURPOSE_EXPECT && GIVEN(TK) && GIVEN(API_MAJOR) && GIVEN(NONCE));
    REACHES(purpose == PURPOSE_EXPECT && GIVEN(PRINT_DIGEST) && !GIVEN(PRINT_MEASUREMENT));
    REACHES(purpose == PURPOSE_VALIDATE && GIVEN(PRINT_MEASUREMENT) && GIVEN(MEASUREMENT));
    REACHES(purpose == PURPOSE_VERSION && accepted && GIVEN(DEBUG));
    REACHES(purpose == PURPOSE_SELF_TEST && accepted && GIVEN(QUIET));
    PROVE(purpose == expected());
    PROVE(lines == (accepted ? 0 : 1));
    if (purpose == PURPOSE_VERSION)
        PROVE(accepted == (others_than(OPTION_VERSION) == 0));
    else if (purpose == PURPOSE_SELF_TEST)
        PROVE(accepted == (others_than(OPTION_SELF_TEST) == 0));
    else
        PROVE(accepted);
}
