/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_options.h"

_Static_assert(SEV_OPTION_COUNT <= CLI_OPTIONS_MAX, "each option has a place");

#define BIT(name) CLI_BIT(SEV_OPTION_##name)
/* The last field, which nobody here uses: a row may end before any other. */
#define OPTION(place, text, ...) [SEV_OPTION_##place] = {text, __VA_ARGS__, .marks = 0},
static const struct cli_option options[SEV_OPTION_COUNT] = {
#include "sev_digest.def"
};

static const char *const lines_before[] = {
    "usage: sevlaunch sev-digest -f PATH [OPTION]...",
    "",
    "Computes the launch digest of an SEV guest, or with a number of CPUs that of an",
    "SEV-ES guest: what its launch measurement authenticates.",
    NULL,
};
static const char *const lines_after[] = {
    "",   "Numbers are decimal, or hexadecimal after 0x. A PATH of - is standard input.",
    "",   "Exit status: 0 the value was printed, 2 usage, 3 other errors.",
    NULL,
};

const struct cli_command sev_digest_command = {
    .name = "sevlaunch sev-digest",
    .before = lines_before,
    .after = lines_after,
    .options = options,
    .count = SEV_OPTION_COUNT,
    .help = SEV_OPTION_HELP,
    .quiet = SEV_OPTION_QUIET,
    .debug = SEV_OPTION_DEBUG,
};
