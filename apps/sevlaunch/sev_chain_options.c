/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_chain_options.h"

_Static_assert(CHAIN_OPTION_COUNT <= CLI_OPTIONS_MAX, "each option has a place");

/* The last field, which nobody here uses: a row may end before any other. */
#define OPTION(place, text, ...) [CHAIN_OPTION_##place] = {text, __VA_ARGS__, .marks = 0},
static const struct cli_option options[CHAIN_OPTION_COUNT] = {
#include "sev_chain.def"
};

static const char *const lines_before[] = {
    "usage: sevlaunch sev-chain --chain PATH... [OPTION]...",
    "",
    "Verifies that a platform with SEV or SEV-ES is AMD's: its certificates, from",
    "AMD's root to the PDH, with which sessions are made. No connection is opened.",
    NULL,
};
static const char *const lines_after[] = {
    "",
    "Files are told apart by what is in them: what 'sevctl export' wrote, the answer",
    "to query-sev-capabilities, what 'virsh nodesevinfo' printed, AMD's file of ASK",
    "and ARK, AMD's CEK of the chip, or single certificates. A PATH of - is standard",
    "input. HEX is the SHA-384 of what is signed in a certificate. ID is the chip's,",
    "64 bytes in hexadecimal or base64. There are at most 16 values of --chain and",
    "--ark-fingerprint, together.",
    "",
    "Exit status: 0 all links hold, 1 a link does not hold, 2 usage or certificates",
    "are missing, 3 other errors.",
    NULL,
};

const struct cli_command sev_chain_command = {
    .name = "sevlaunch sev-chain",
    .before = lines_before,
    .after = lines_after,
    .options = options,
    .count = CHAIN_OPTION_COUNT,
    .help = CHAIN_OPTION_HELP,
    .quiet = CHAIN_OPTION_QUIET,
    .debug = CHAIN_OPTION_DEBUG,
};
