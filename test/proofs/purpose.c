/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The purpose of a run, for any options: without a verdict, an exit code 0 is possible only
 * for expected values alone, for the help, or for the version or self-test alone.
 */
#include "proof.h"

#include <apps/validate/purpose.c>

static int lines;

bool console_fail_parts(struct console *console, enum exit_code code, const char *const parts[])
{
    PROVE(code == CODE_USAGE);
    lines++;
    return false;
}

int main(void)
{
    struct options options;
    struct console console = {.code = CODE_FAILED};
    size_t some = any_below(OPTION_COUNT);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        options.value[i] = nondet_bool() ? "" : NULL;
#define GIVEN(name) (options.value[OPTION_##name] != NULL)

    enum purpose purpose = purpose_of(&options);
    bool accepted = purpose_check(&options, &console, purpose);

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
    PROVE(purpose != PURPOSE_VERSION || !accepted || options.value[some] == NULL ||
          some == OPTION_VERSION || some == OPTION_DEBUG || some == OPTION_QUIET);
    PROVE(purpose != PURPOSE_SELF_TEST || !accepted || options.value[some] == NULL ||
          some == OPTION_SELF_TEST || some == OPTION_DEBUG || some == OPTION_QUIET);
}
