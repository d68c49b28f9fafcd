/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What is missing of a platform's certificates, and where it can be got. */
#ifndef SEVLAUNCH_PLATFORM_MISSING_H
#define SEVLAUNCH_PLATFORM_MISSING_H

#include "platform_files.h"

/*
 * Checks that there is a certificate of each kind from the ARK to `last`, a PEK or a PDH, and that
 * the CEK is one that AMD signed. `option` named the files.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code platform_missing_check(const struct platform_files *files,
                                                const struct cli_console *console,
                                                const char *option,
                                                enum sevl_sev_certificate_kind last);

/* Where AMD has its files of ASK and ARK, one for each product. */
#define PLATFORM_AUTHORITIES_ADDRESS                                                              \
    "https://download.amd.com/developer/eula/sev/ask_ark_naples.cert (or _rome, _milan; none is " \
    "known "                                                                                      \
    "here for Genoa and Turin)"

#endif
