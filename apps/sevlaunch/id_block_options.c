/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "id_block_options.h"

_Static_assert(ID_OPTION_COUNT <= CLI_OPTIONS_MAX, "each option has a place");

#define BIT(name) CLI_BIT(ID_OPTION_##name)
/* The last field, which nobody here uses: a row may end before any other. */
#define OPTION(place, text, ...) [ID_OPTION_##place] = {text, __VA_ARGS__, .marks = 0},
static const struct cli_option options[ID_OPTION_COUNT] = {
#include "id_block.def"
};

static const char *const lines_before[] = {
    "usage: sevlaunch snp-id-block --measurement HEX [OPTION]...",
    "",
    "Makes the ID block of an SEV-SNP guest, then checks its signatures and makes the",
    "ID authentication page. No private key is needed here.",
    NULL,
};
static const char *const lines_after[] = {
    "",   "Keys are on P-384; signatures are ECDSA with SHA-384, in DER or as r and s.",
    "",   "Exit status: 0 all was made, 1 a signature is wrong, 2 usage, 3 other errors.",
    NULL,
};

const struct cli_command id_block_command = {
    .name = "sevlaunch snp-id-block",
    .before = lines_before,
    .after = lines_after,
    .options = options,
    .count = ID_OPTION_COUNT,
    .help = ID_OPTION_HELP,
    .quiet = ID_OPTION_QUIET,
    .debug = ID_OPTION_DEBUG,
};
