/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify_options.h"

_Static_assert(VERIFY_OPTION_COUNT <= CLI_OPTIONS_MAX, "each option has a place");

#define BIT(name) CLI_BIT(VERIFY_OPTION_##name)
/* All options from --firmware on. */
#define GUEST_BITS ((BIT(VMM) << 1) - BIT(FIRMWARE))
/* The last field, which nobody here uses: a row may end before any other. */
#define OPTION(place, text, ...) [VERIFY_OPTION_##place] = {text, __VA_ARGS__, .marks = 0},
static const struct cli_option options[VERIFY_OPTION_COUNT] = {
#include "verify.def"
};

static const char *const lines_before[] = {
    "usage: sevlaunch snp-verify --report PATH --certs PATH -m HEX [OPTION]...",
    "",
    "Verifies that a report is genuine, under AMD's certificates, and that it is of",
    "the guest that its owner chose. No connection is opened: files alone are read.",
    NULL,
};
static const char *const lines_after[] = {
    "",
    "Files are told apart by what is in them. A PATH of - is standard input. A TIME",
    "is in seconds since 1970, or as 2026-11-26T04:07:53Z; a DURATION is 30d or 36h.",
    "",
    "Files and CPUs of the guest give its launch digest: one or more, of which the",
    "report must have one, and why it has none of them is looked for.",
    "",
    "Exit status: 0 all checks passed, 1 a check failed, 2 usage, 3 other errors.",
    NULL,
};

const struct cli_command verify_command = {
    .name = "sevlaunch snp-verify",
    .before = lines_before,
    .after = lines_after,
    .options = options,
    .count = VERIFY_OPTION_COUNT,
    .help = VERIFY_OPTION_HELP,
    .quiet = VERIFY_OPTION_QUIET,
    .debug = VERIFY_OPTION_DEBUG,
};
