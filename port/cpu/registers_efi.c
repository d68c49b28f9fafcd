/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "registers.h"

#if defined(__aarch64__)
#define WIPE(n) __asm__ volatile("movi v" #n ".2d, #0" : : : "v" #n)
#define WIPE_WORD(n) __asm__ volatile("mov x" #n ", #0" : : : "x" #n)
#elif defined(__x86_64__)
#define WIPE(n) __asm__ volatile("pxor %%xmm" #n ", %%xmm" #n : : : "xmm" #n)
#define WIPE_WORD(n) __asm__ volatile("xor %%r" #n ", %%r" #n : : : "r" #n, "cc")
#endif

void registers_wipe(void)
{
    WIPE(0);
    WIPE(1);
    WIPE(2);
    WIPE(3);
    WIPE(4);
    WIPE(5);
    WIPE_WORD(8);
    WIPE_WORD(9);
    WIPE_WORD(10);
    WIPE_WORD(11);
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
    WIPE_WORD(0);
    WIPE_WORD(1);
    WIPE_WORD(2);
    WIPE_WORD(3);
    WIPE_WORD(4);
    WIPE_WORD(5);
    WIPE_WORD(6);
    WIPE_WORD(7);
    WIPE_WORD(12);
    WIPE_WORD(13);
    WIPE_WORD(14);
    WIPE_WORD(15);
    WIPE_WORD(16);
    WIPE_WORD(17);
#else
    WIPE_WORD(cx);
    WIPE_WORD(dx);
#endif
}
