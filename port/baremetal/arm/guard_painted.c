/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * For a CPU without an MPU (ARMv6-M): known bytes below the stack are checked when main()
 * returns. An access below them leaves RAM, and faults.
 */
#include <string.h>

#include "startup.h"

#define PAINT 0x5a

bool guard_set(void)
{
    memset(guard_start, PAINT, (size_t)(stack_start - guard_start));
    return true;
}

bool guard_is_hit(uintptr_t sp)
{
    for (const unsigned char *byte = guard_start; byte < stack_start; byte++)
        if (*byte != PAINT)
            return true;
    return sp < (uintptr_t)stack_start;
}
