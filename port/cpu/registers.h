/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_REGISTERS_H
#define SEVLAUNCH_PORT_REGISTERS_H

/*
 * Clears the registers that functions do not restore, for a platform that keeps them when
 * the application has ended. Keys and secrets are copied through vector registers, and
 * SHA-256 leaves values of its rounds there.
 */
void registers_wipe(void);

#endif
