/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_options.h"

_Static_assert(SNP_OPTION_COUNT <= CLI_OPTIONS_MAX, "each option has a place");

#define BIT(name) CLI_BIT(SNP_OPTION_##name)
/* The last field, which nobody here uses: a row may end before any other. */
#define OPTION(place, text, ...) [SNP_OPTION_##place] = {text, __VA_ARGS__, .marks = 0},
static const struct cli_option options[SNP_OPTION_COUNT] = {
#include "snp_digest.def"
};

static const char *const lines_before[] = {
    "usage: sevlaunch snp-digest -f PATH -n N --cpu-type NAME [OPTION]...",
    "",
    "Computes the launch digest of an SEV-SNP guest: the MEASUREMENT that its",
    "attestation report must have.",
    NULL,
};
static const char *const lines_after[] = {
    "",
    "Numbers are decimal, or hexadecimal after 0x. A PATH of - is standard input.",
    "",
    "Exit status: 0 the value was printed, or is the one expected, 1 it is not,",
    "2 usage, 3 other errors.",
    NULL,
};

const struct cli_command snp_digest_command = {
    .name = "sevlaunch snp-digest",
    .before = lines_before,
    .after = lines_after,
    .options = options,
    .count = SNP_OPTION_COUNT,
    .help = SNP_OPTION_HELP,
    .quiet = SNP_OPTION_QUIET,
    .debug = SNP_OPTION_DEBUG,
};
