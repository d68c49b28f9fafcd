/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_report_options.h"

_Static_assert(REPORT_OPTION_COUNT <= CLI_OPTIONS_MAX, "each option has a place");

/* The last field, which nobody here uses: a row may end before any other. */
#define OPTION(place, text, ...) [REPORT_OPTION_##place] = {text, __VA_ARGS__, .marks = 0},
static const struct cli_option options[REPORT_OPTION_COUNT] = {
#include "sev_report.def"
};

static const char *const lines_before[] = {
    "usage: sevlaunch sev-report --report PATH --chain PATH... [OPTION]...",
    "",
    "Verifies an attestation report of a platform with SEV or SEV-ES, which tells",
    "launch digest and policy of one of its guests. It binds no session: a host can",
    "answer with that of another guest. Never release a secret on it alone.",
    NULL,
};
static const char *const lines_after[] = {
    "",
    "A report is 208 bytes, as they are, in hexadecimal or base64, or the answer to",
    "query-sev-attestation-report. Certificates are those of sev-chain; no PDH is",
    "needed. A PATH of - is standard input. HEX can be base64. There are at most 16",
    "values of --chain and --ark-fingerprint, together.",
    "",
    "Exit status: 0 all checks passed, 1 a check failed, 2 usage or certificates are",
    "missing, 3 other errors.",
    NULL,
};

const struct cli_command sev_report_command = {
    .name = "sevlaunch sev-report",
    .before = lines_before,
    .after = lines_after,
    .options = options,
    .count = REPORT_OPTION_COUNT,
    .help = REPORT_OPTION_HELP,
    .quiet = REPORT_OPTION_QUIET,
    .debug = REPORT_OPTION_DEBUG,
};
