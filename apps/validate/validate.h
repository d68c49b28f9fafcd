/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_VALIDATE_H
#define SEVLAUNCH_VALIDATE_H

#include "cli/code.h"
#include "cli/input.h"

/*
 * The whole command: reads the words up to a NULL (without the program's name), says what
 * it has to say and returns the exit code, never CLI_GO_ON. No key is left in memory.
 */
enum cli_code validate(const char *const words[], struct cli_buffer buffer);

#endif
