/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_session_options.h"

_Static_assert(SESSION_OPTION_COUNT <= CLI_OPTIONS_MAX, "each option has a place");

#define BIT(name) CLI_BIT(SESSION_OPTION_##name)
/* The last field, which nobody here uses: a row may end before any other. */
#define OPTION(place, text, ...) [SESSION_OPTION_##place] = {text, __VA_ARGS__, .marks = 0},
static const struct cli_option options[SESSION_OPTION_COUNT] = {
#include "sev_session.def"
};

static const char *const lines_before[] = {
    "usage: sevlaunch sev-session --chain PATH... --policy POLICY [OPTION]...",
    "",
    "Verifies the certificates of a platform, as sev-chain does, then makes a",
    "session for one launch on it: two files for its host, and keys that validate",
    "the launch.",
    NULL,
};
static const char *const lines_after[] = {
    "",
    "The host gets NAME_godh.b64 and NAME_session.b64. NAME_tek.bin and NAME_tik.bin",
    "are the keys, which no host gets. All of them are written, or none.",
    "",
    "At most 16 values of --chain and --ark-fingerprint, together.",
    "",
    "Exit status: 0 all was made, 1 the chain does not hold, 2 usage or certificates",
    "are missing, 3 other errors.",
    NULL,
};

const struct cli_command sev_session_command = {
    .name = "sevlaunch sev-session",
    .before = lines_before,
    .after = lines_after,
    .options = options,
    .count = SESSION_OPTION_COUNT,
    .help = SESSION_OPTION_HELP,
    .quiet = SESSION_OPTION_QUIET,
    .debug = SESSION_OPTION_DEBUG,
};
