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

int main(void)
{
    struct cli_arguments arguments = {.command = &validate_command};
    const struct cli_console console = {.quiet = false};
    size_t some = any_below(OPTION_COUNT);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        arguments.value[i] = nondet_bool() ? "" : NULL;
#define GIVEN(name) (arguments.value[OPTION_##name] != NULL)

    enum purpose purpose = purpose_of(&arguments);
    bool accepted = purpose_check(&arguments, &console, purpose) == CLI_GO_ON;

    bool reported = GIVEN(MEASUREMENT) || GIVEN(LAUNCH_INFO);
    bool secret = GIVEN(INJECT_SECRET) || GIVEN(SECRET_HEADER) || GIVEN(SECRET_PAYLOAD) ||
                  GIVEN(SECRET_PADDING);
    bool keys = GIVEN(TK) || GIVEN(TIK) || GIVEN(TEK);
    bool versions = GIVEN(API_MAJOR) || GIVEN(API_MINOR) || GIVEN(BUILD_ID);
    REACHES(purpose == PURPOSE_EXPECT && keys && versions && GIVEN(NONCE));
    REACHES(purpose == PURPOSE_EXPECT && GIVEN(PRINT_DIGEST) && !GIVEN(PRINT_MEASUREMENT));
    REACHES(purpose == PURPOSE_VALIDATE && GIVEN(PRINT_MEASUREMENT) && reported);
    REACHES(purpose == PURPOSE_VERSION && accepted && GIVEN(DEBUG));
    REACHES(purpose == PURPOSE_SELF_TEST && accepted && GIVEN(QUIET));
    PROVE(lines == (accepted ? 0 : 1));
    PROVE((purpose == PURPOSE_HELP) == GIVEN(HELP));
    PROVE(purpose != PURPOSE_EXPECT || GIVEN(PRINT_DIGEST) || GIVEN(PRINT_MEASUREMENT));
    PROVE(purpose != PURPOSE_EXPECT || (!reported && !secret && !GIVEN(JSON)));
    PROVE(purpose != PURPOSE_EXPECT || GIVEN(PRINT_MEASUREMENT) || (!keys && !versions));
    PROVE(purpose != PURPOSE_VERSION || !accepted || arguments.value[some] == NULL ||
          some == OPTION_VERSION || some == OPTION_DEBUG || some == OPTION_QUIET);
    PROVE(purpose != PURPOSE_SELF_TEST || !accepted || arguments.value[some] == NULL ||
          some == OPTION_SELF_TEST || some == OPTION_DEBUG || some == OPTION_QUIET);
}
