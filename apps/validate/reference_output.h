/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Values for others to compare with, and CPU pages: what the command gives out. */
#ifndef SEVLAUNCH_REFERENCE_OUTPUT_H
#define SEVLAUNCH_REFERENCE_OUTPUT_H

#include "evidence.h"
#include "reference.h"

/* Each returns CLI_GO_ON, or CLI_FAILED after an error line. */

/* Writes the pages that were built: of CPU 0, then of the others if there are any. */
PORT_CHECK enum cli_code reference_write_pages(const struct cli_console *console, const char *path,
                                               const struct reference *reference);

PORT_CHECK enum cli_code reference_print_digest(const struct cli_console *console,
                                                enum format format,
                                                const struct reference *reference);

/* MEASURE and MNONCE: in base64, what --measurement takes. */
PORT_CHECK enum cli_code reference_print_measurement(const struct cli_console *console,
                                                     enum format format,
                                                     const struct reference *reference,
                                                     const struct host_evidence *evidence,
                                                     const uint8_t tik[SEVL_TIK_SIZE]);

#endif
