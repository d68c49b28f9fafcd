/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What images that test code in assembly share. */
#ifndef SEVLAUNCH_TEST_ASSEMBLY_H
#define SEVLAUNCH_TEST_ASSEMBLY_H

#include <stddef.h>
#include <stdint.h>

#include "port.h"

/* The next of the same random bytes in each run. */
static inline void fill_randomly(void *memory, size_t size)
{
    static uint32_t state = 55766;
    for (size_t i = 0; i < size; i++) {
        state = state * 1664525u + 1013904223u;
        ((uint8_t *)memory)[i] = (uint8_t)(state >> 24);
    }
}

/*
 * Whether a function keeps the registers of its caller that it may not change, called with three
 * addresses and a 4. Compiled code has most of its variables elsewhere: its results might not
 * show it.
 */
#if defined(__arm__)
#define KEEPS_REGISTERS(function, first, second, third)                                       \
    ({                                                                                        \
        register uint32_t r8 __asm__("r8") = 8;                                               \
        register uint32_t r9 __asm__("r9") = 9;                                               \
        register uint32_t r10 __asm__("r10") = 10;                                            \
        register uint32_t r11 __asm__("r11") = 11;                                            \
        __asm__ volatile("mov r0, %4\n mov r1, %5\n mov r2, %6\n movs r3, #4\n bl " #function \
                         : "+r"(r8), "+r"(r9), "+r"(r10), "+r"(r11)                           \
                         : "r"(first), "r"(second), "r"(third)                                \
                         : "r0", "r1", "r2", "r3", "r12", "lr", "cc", "memory");              \
        r8 == 8 && r9 == 9 && r10 == 10 && r11 == 11;                                         \
    })
#else
#define KEEPS_REGISTERS(function, first, second, third) \
    ((void)(first), (void)(second), (void)(third), true)
#endif

static inline int refuse(const char *line, size_t size)
{
    (void)!port_print(PORT_ERR, line, size - 1);
    return 1;
}
#define REFUSE(line) refuse(line "\n", sizeof line "\n")

#endif
