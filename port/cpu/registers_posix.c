/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "registers.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <stdint.h>

#define CPUID_1_ECX_OSXSAVE (1u << 27)

/* SSE, AVX, and AVX-512's masks, upper halves and upper registers. */
#define COMPONENTS 0xe6

/* An XSAVE area that holds no component, so that each gets its initial value: zeros. */
static const _Alignas(64) uint32_t initial[(512 + 64) / 4] = {[24 / 4] = 0x1f80}; /* MXCSR */

/* zero_call_used_regs clears only the registers that the compiler may use. */
static void wipe_extended(void)
{
    unsigned eax;
    unsigned ebx;
    unsigned ecx;
    unsigned edx;
    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & CPUID_1_ECX_OSXSAVE) != 0)
        __asm__ volatile("xrstor64 %0" : : "m"(initial), "a"(COMPONENTS), "d"(0));
}
#else
static void wipe_extended(void)
{
}
#endif

/* Clang has it from version 15 on. */
#if __has_attribute(zero_call_used_regs)
__attribute__((zero_call_used_regs("all")))
#endif
void registers_wipe(void)
{
    wipe_extended();
}
