/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of `sevlaunch snp-digest`: snp_digest.def lists them. */
#ifndef SEVLAUNCH_SNP_OPTIONS_H
#define SEVLAUNCH_SNP_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) SNP_OPTION_##name,
enum snp_option {
#include "snp_digest.def"
    SNP_OPTION_COUNT
};
#undef OPTION

extern const struct cli_command snp_digest_command;

#endif
