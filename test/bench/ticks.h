/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The timer of the CPU, and how its ticks are printed. */
#ifndef SEVLAUNCH_TICKS_H
#define SEVLAUNCH_TICKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port.h"

#if defined(__arm__)
/* SysTick, which counts down from 2^24 - 1 at the CPU's clock. */
#define SYST_CSR (*(volatile uint32_t *)0xe000e010u)
#define SYST_RVR (*(volatile uint32_t *)0xe000e014u)
#define SYST_CVR (*(volatile uint32_t *)0xe000e018u)
#define SYST_MASK 0xffffffu
#define SYST_CSR_ENABLE 1u
#define SYST_CSR_CLKSOURCE 4u

static inline void timer_start(void)
{
    SYST_RVR = SYST_MASK;
    SYST_CVR = 0;
    SYST_CSR = SYST_CSR_ENABLE | SYST_CSR_CLKSOURCE;
}

static inline uint32_t timer_ticks(void)
{
    return SYST_MASK - SYST_CVR;
}
#else
static uint32_t started;

static inline uint32_t retired(void)
{
    uint32_t count;
    __asm__ volatile(".option push\n .option arch, +zicsr\n csrr %0, minstret\n .option pop"
                     : "=r"(count));
    return count;
}

static inline void timer_start(void)
{
    started = retired();
}

static inline uint32_t timer_ticks(void)
{
    return retired() - started;
}
#endif

static inline bool print_number(uint32_t number, char after)
{
    char text[11];
    size_t start = sizeof text - 1;
    text[start] = after;
    do {
        text[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return port_print(PORT_OUT, text + start, sizeof text - start);
}

#endif
