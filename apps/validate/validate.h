/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_VALIDATE_H
#define SEVLAUNCH_VALIDATE_H

#include "console.h"
#include "input.h"

/*
 * The whole command: reads the arguments up to a NULL (without the program's
 * name), says what it has to say and returns the exit code. No key is left in
 * memory.
 */
enum exit_code validate(const char *const arguments[], struct buffer buffer);

#endif
