/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The firmware: hashed while it streams by. Its head and its tail tell what it is. */
#ifndef SEVLAUNCH_FIRMWARE_H
#define SEVLAUNCH_FIRMWARE_H

#include "reference.h"

/*
 * Reads --firmware into a reference: its stream, its size, its table. Returns CLI_GO_ON, or
 * the exit code after an error line: also for a file that cannot be what a guest starts, as
 * an empty one, an archive or a store of variables.
 */
PORT_CHECK enum cli_code firmware_read(struct reference *reference,
                                       const struct cli_console *console,
                                       const struct request *request);

/* After an error line: the firmware does not tell where CPUs but the first start. */
PORT_CHECK enum cli_code firmware_fail_reset(const struct reference *reference,
                                             const struct cli_console *console,
                                             const struct request *request);

#endif
