/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does the block function of SHA-512 compute what Mbed TLS's does, and keep its caller's
 * registers? Prints what it does not do.
 */
#include "sha512.h"

#include <stdbool.h>
#include <string.h>

#include "context.h"
#include "hook.h"
#include "port.h"

#define BLOCKS 1000

static uint32_t random_state = 55766;

static void fill(void *memory, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        random_state = random_state * 1664525u + 1013904223u;
        ((uint8_t *)memory)[i] = (uint8_t)(random_state >> 24);
    }
}

static bool gives_the_state(const uint8_t *block, mbedtls_sha512_context *theirs)
{
    uint64_t ours[8];
    memcpy(ours, context_state(theirs), sizeof ours);
    sevl_sha512_process_words(ours, block);
    return sevl_sha512_process_c(theirs, block) == 0 &&
           memcmp(ours, context_state(theirs), sizeof ours) == 0;
}

static bool gives_the_same_states(void)
{
    static mbedtls_sha512_context theirs;
    static uint8_t buffer[128 + 7];
    for (size_t i = 0; i < BLOCKS; i++) {
        fill(&theirs, sizeof theirs);
        fill(buffer, sizeof buffer);
        if (!gives_the_state(buffer + i % 8, &theirs)) /* at every alignment */
            return false;
    }
    memset(&theirs, 0xff, sizeof theirs);
    memset(buffer, 0xff, sizeof buffer);
    return gives_the_state(buffer, &theirs);
}

/* Compiled code has most of its variables elsewhere: its results might not show it. */
static bool keeps_registers(void)
{
#if defined(__arm__)
    static uint64_t state[8];
    static const uint8_t block[128];
    register uint32_t r8 __asm__("r8") = 8;
    register uint32_t r9 __asm__("r9") = 9;
    register uint32_t r10 __asm__("r10") = 10;
    register uint32_t r11 __asm__("r11") = 11;
    __asm__ volatile("mov r0, %4\n mov r1, %5\n bl sevl_sha512_process_words"
                     : "+r"(r8), "+r"(r9), "+r"(r10), "+r"(r11)
                     : "r"(state), "r"(block)
                     : "r0", "r1", "r2", "r3", "r12", "lr", "cc", "memory");
    return r8 == 8 && r9 == 9 && r10 == 10 && r11 == 11;
#else
    return true;
#endif
}

static int refuse(const char *line, size_t size)
{
    (void)!port_print(PORT_ERR, line, size - 1);
    return 1;
}
#define REFUSE(line) refuse(line "\n", sizeof line "\n")

int app_main(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    if (!gives_the_same_states())
        return REFUSE("other states than Mbed TLS's");
    if (!keeps_registers())
        return REFUSE("a register of its caller changed");
    return 0;
}
