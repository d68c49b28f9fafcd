/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_REGISTERS_H
#define SEVLAUNCH_PORT_REGISTERS_H

/*
 * Clears the registers that functions may leave anything in. A C library copies
 * memory through vector registers, keys and secrets as well.
 */
void registers_wipe(void);

#endif
