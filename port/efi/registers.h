/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_REGISTERS_H
#define SEVLAUNCH_PORT_REGISTERS_H

/*
 * Clears the vector registers that functions may leave anything in. Copies go through
 * them, keys and secrets as well, and the instructions for SHA-256 leave hash states.
 */
void registers_wipe(void);

#endif
