/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A file that holds an attestation report of a platform with SEV or SEV-ES. */
#ifndef SEVLAUNCH_PLATFORM_REPORT_FILE_H
#define SEVLAUNCH_PLATFORM_REPORT_FILE_H

#include <sevlaunch/sev/platform_report.h>

#include "store.h"

struct platform_report_file {
    struct sevl_sev_platform_report report; /* of these bytes: do not move it */
    uint8_t bytes[SEVL_SEV_PLATFORM_REPORT_SIZE];
};

/*
 * Reads 208 bytes, as they are, in hexadecimal or base64, or as "data" of the answer to QMP's
 * query-sev-attestation-report. Nothing is verified.
 * Returns CLI_GO_ON, or an exit code after an error line that begins with the name of the option.
 */
PORT_CHECK enum cli_code platform_report_file_read(struct platform_report_file *file,
                                                   struct store *store,
                                                   const struct cli_console *console,
                                                   const char *option, const char *path);

#endif
