/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The id of a chip, by which AMD's key distribution service knows its CEK. */
#ifndef SEVLAUNCH_PLATFORM_CHIP_H
#define SEVLAUNCH_PLATFORM_CHIP_H

#include "platform_files.h"

/*
 * Takes the id of an option that is given, as 128 hexadecimal digits or 88 characters of base64,
 * and checks it, or the one that a file told: it can be that of a chip, and both are the same.
 * Returns CLI_GO_ON, with the id among the files, or CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code platform_chip_read(struct platform_files *files,
                                            const struct cli_console *console,
                                            const struct cli_arguments *arguments, size_t option);

#endif
