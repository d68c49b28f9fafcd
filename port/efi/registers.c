/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "registers.h"

#if defined(__aarch64__)
#define WIPE(n) __asm__ volatile("movi v" #n ".2d, #0" : : : "v" #n)
#elif defined(__x86_64__)
#define WIPE(n) __asm__ volatile("pxor %%xmm" #n ", %%xmm" #n : : : "xmm" #n)
#endif

void registers_wipe(void)
{
    WIPE(0);
    WIPE(1);
    WIPE(2);
    WIPE(3);
    WIPE(4);
    WIPE(5);
#if defined(__aarch64__)
    WIPE(6);
    WIPE(7);
    WIPE(16);
    WIPE(17);
    WIPE(18);
    WIPE(19);
    WIPE(20);
    WIPE(21);
    WIPE(22);
    WIPE(23);
    WIPE(24);
    WIPE(25);
    WIPE(26);
    WIPE(27);
    WIPE(28);
    WIPE(29);
    WIPE(30);
    WIPE(31);
#endif
}
