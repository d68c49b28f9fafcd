/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "own_report_options.h"

_Static_assert(OWN_OPTION_COUNT <= CLI_OPTIONS_MAX, "each option has a place");

#define BIT(name) CLI_BIT(OWN_OPTION_##name)
/* The last field, which nobody here uses: a row may end before any other. */
#define OPTION(place, text, ...) [OWN_OPTION_##place] = {text, __VA_ARGS__, .marks = 0},
static const struct cli_option options[OWN_OPTION_COUNT] = {
#include "own_report.def"
};

static const char *const lines_before[] = {
    "usage: sevlaunch snp-report --nonce HEX --out PATH [OPTION]...",
    "",
    "Gets the report of the SEV-SNP guest that this runs in, under Linux: by configfs",
    "(/sys/kernel/config/tsm/report), or by /dev/sev-guest. It is not verified here.",
    NULL,
};
static const char *const lines_after[] = {
    "",
    "All files are written, or none. Verify them on a machine that the host does not",
    "control: sevlaunch snp-verify.",
    "",
    "Exit status: 0 all is written, 2 usage, 3 other errors.",
    NULL,
};

const struct cli_command own_report_command = {
    .name = "sevlaunch snp-report",
    .before = lines_before,
    .after = lines_after,
    .options = options,
    .count = OWN_OPTION_COUNT,
    .help = OWN_OPTION_HELP,
    .quiet = OWN_OPTION_QUIET,
    .debug = OWN_OPTION_DEBUG,
};
