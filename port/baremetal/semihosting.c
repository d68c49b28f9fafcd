/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "semihosting.h"

#include <stdbool.h>
#include <stddef.h>

#include "startup.h"

/* Executes the instruction that the host catches. It faults if there is no host. */
uintptr_t semihosting_trap(uintptr_t operation, const void *parameters);

static volatile bool is_calling;

uintptr_t semihosting_call(enum semihosting_operation operation, const void *parameters)
{
    if (is_calling)
        machine_halt();
    is_calling = true;
    uintptr_t result = semihosting_trap(operation, parameters);
    is_calling = false;
    return result;
}

uintptr_t semihosting_open(const char *name, enum semihosting_mode mode)
{
    size_t length = 0;
    while (name[length] != '\0')
        length++;
    const uintptr_t block[] = {(uintptr_t)name, mode, length};
    return semihosting_call(SEMIHOSTING_OPEN, block);
}
