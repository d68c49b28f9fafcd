/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Which platforms are trusted: options that commands about certificates have in common. */
#ifndef SEVLAUNCH_PLATFORM_TRUST_H
#define SEVLAUNCH_PLATFORM_TRUST_H

#include <sevlaunch/sev/certificate.h>

#include "cli/console.h"
#include "cli/option.h"

/* Zeroed memory trusts AMD's roots alone, and any owner. */
struct platform_trust {
    struct sevl_sev_fingerprint roots[CLI_REPEATED_MAX]; /* of roots beside AMD's */
    size_t root_count;
    bool has_oca; /* else any OCA will do */
    struct sevl_sev_fingerprint oca;
};

/* The options, by their places in the table of the command. */
struct platform_trust_options {
    uint8_t ark_fingerprint; /* can be repeated */
    uint8_t oca_fingerprint;
};

/* Returns CLI_GO_ON, or CLI_USAGE after an error line. */
PORT_CHECK enum cli_code platform_trust_read(struct platform_trust *trust,
                                             const struct cli_console *console,
                                             const struct cli_arguments *arguments,
                                             const struct platform_trust_options *options);

#endif
