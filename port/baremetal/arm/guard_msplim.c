/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* For ARMv8-M with the Main Extension: the CPU's own limit of the stack pointer. */
#include "startup.h"

#define CFSR (*(volatile uint32_t *)0xe000ed28)
#define CFSR_STKOF (1u << 20)

bool guard_set(void)
{
    uint32_t limit;
    __asm__ volatile("msr msplim, %1\n mrs %0, msplim" : "=r"(limit) : "r"(stack_start));
    return limit == (uint32_t)stack_start;
}

bool guard_is_hit(uintptr_t sp)
{
    return sp < (uintptr_t)stack_start || (CFSR & CFSR_STKOF) != 0;
}
