/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Calls to the debugger or emulator that runs this machine (Arm, Semihosting
 * for AArch32 and AArch64; RISC-V Semihosting).
 */
#ifndef SEVLAUNCH_SEMIHOSTING_H
#define SEVLAUNCH_SEMIHOSTING_H

#include <stdint.h>

#define SEMIHOSTING_FAILED ((uintptr_t)-1)

enum semihosting_operation {
    SEMIHOSTING_OPEN = 0x01,
    SEMIHOSTING_CLOSE = 0x02,
    SEMIHOSTING_WRITE = 0x05,
    SEMIHOSTING_READ = 0x06,
    SEMIHOSTING_LENGTH = 0x0c,
    SEMIHOSTING_REMOVE = 0x0e,
    SEMIHOSTING_RENAME = 0x0f,
    SEMIHOSTING_ERRNO = 0x13,
    SEMIHOSTING_COMMAND_LINE = 0x15,
    SEMIHOSTING_EXIT = 0x18,
    SEMIHOSTING_EXIT_EXTENDED = 0x20
};

/* The modes of fopen(3): "rb", "w", "wb" and "a". */
enum semihosting_mode {
    SEMIHOSTING_RB = 1,
    SEMIHOSTING_W = 4,
    SEMIHOSTING_WB = 5,
    SEMIHOSTING_A = 8
};

/*
 * Makes a call, with its parameters or the address of their block. Halts if an earlier
 * call faulted: then there is no host.
 */
uintptr_t semihosting_call(enum semihosting_operation operation, const void *parameters);

/* Opens a file of the host. Returns its handle, or SEMIHOSTING_FAILED. */
uintptr_t semihosting_open(const char *name, enum semihosting_mode mode);

#endif
