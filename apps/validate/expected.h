/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Values for others to compare with, and CPU pages: what the command gives out. */
#ifndef SEVLAUNCH_EXPECTED_H
#define SEVLAUNCH_EXPECTED_H

#include "evidence.h"

/* Each returns false after an error line. */

/* Writes the pages that were built: of CPU 0, then of the others if there are any. */
PORT_CHECK bool expected_write_pages(struct console *console, const char *path,
                                     const struct evidence *evidence);

PORT_CHECK bool expected_print_digest(struct console *console, enum format format,
                                      const struct evidence *evidence);

/* MEASURE and MNONCE: in base64, what --measurement takes. */
PORT_CHECK bool expected_print_measurement(struct console *console, enum format format,
                                           const struct evidence *evidence,
                                           const uint8_t tik[SEVL_TIK_SIZE]);

#endif
