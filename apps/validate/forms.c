/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "forms.h"

#include <stddef.h>

const struct option_form option_forms[OPTION_COUNT] = {
    [OPTION_HELP] = {"--help", NULL, "show this help and exit", "Common options", 'h'},
    [OPTION_VERSION] = {"--version", NULL, "show the version and exit", NULL, '\0'},
    [OPTION_SELF_TEST] = {"--self-test", NULL, "check the computation on known answers and exit",
                          NULL, '\0'},
    [OPTION_DEBUG] = {"--debug", NULL, "show what is computed, keys excepted", NULL, 'd'},
    [OPTION_QUIET] = {"--quiet", NULL, "show no result and no error", NULL, 'q'},

    [OPTION_MEASUREMENT] = {"--measurement", "BASE64", "launch measurement, 48 bytes",
                            "Guest state options", 'm'},
    [OPTION_API_MAJOR] = {"--api-major", "VERSION", "SEV API major version", NULL, '\0'},
    [OPTION_API_MINOR] = {"--api-minor", "VERSION", "SEV API minor version", NULL, '\0'},
    [OPTION_BUILD_ID] = {"--build-id", "ID", "SEV firmware build ID", NULL, '\0'},
    [OPTION_POLICY] = {"--policy", "POLICY", "guest policy of the launch", NULL, '\0'},

    [OPTION_FIRMWARE] = {"--firmware", "PATH", "firmware that the guest was to start",
                         "Guest config options", 'f'},
    [OPTION_LAUNCH_DIGEST] = {"--launch-digest", "HEX", "its SHA-256, in place of --firmware", NULL,
                              '\0'},
    [OPTION_TIK] = {"--tik", "PATH", "transport integrity key, 16 bytes", NULL, '\0'},
    [OPTION_TEK] = {"--tek", "PATH", "transport encryption key, 16 bytes", NULL, '\0'},
    [OPTION_TK] = {"--tk", "PATH", "both keys, TEK then TIK, 32 bytes", NULL, '\0'},
};
