/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "show_options.h"

/* The last field, which nobody here uses: a row may end before any other. */
#define OPTION(place, text, ...) [SHOW_OPTION_##place] = {text, __VA_ARGS__, .marks = 0},
static const struct cli_option options[SHOW_OPTION_COUNT] = {
#include "show.def"
};

static const char *const lines_before[] = {
    "usage: sevlaunch show [OPTION]... FILE",
    "",
    "Shows what a file is, and what is in it: an attestation report in any form,",
    "AMD's certificates, a revocation list or a table of them; those of a platform",
    "with SEV or SEV-ES, its report, a session blob; firmware, what was kept of it,",
    "states of CPUs, an ID block or an ID authentication page.",
    "Nothing is verified, and no connection is opened.",
    NULL,
};
static const char *const lines_after[] = {
    "",   "A FILE of - is standard input.",
    "",   "Exit status: 0 the file was shown, 2 usage or another file, 3 other errors.",
    NULL,
};

const struct cli_command show_command = {
    .name = "sevlaunch show",
    .before = lines_before,
    .after = lines_after,
    .options = options,
    .count = SHOW_OPTION_COUNT,
    .help = SHOW_OPTION_HELP,
    .quiet = SHOW_OPTION_QUIET,
    .debug = SHOW_OPTION_DEBUG,
};
