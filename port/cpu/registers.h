/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_REGISTERS_H
#define SEVLAUNCH_PORT_REGISTERS_H

/*
 * Clears the registers that functions may leave anything in, for a platform that keeps
 * them when the application has ended. Copies go through vector registers, keys and
 * secrets as well, and SHA-256 leaves what its rounds made.
 */
void registers_wipe(void);

#endif
