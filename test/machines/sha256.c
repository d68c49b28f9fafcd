/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does a block function in assembly compute what Mbed TLS's does, keep its caller's
 * registers, and leave nothing on the stack? Prints what it does not do.
 */
#include "sha256.h"
#include "hook.h"

#include <string.h>

#include <mbedtls/sha256.h>

#include "port.h"
#include "startup.h"

#define BLOCKS 1000
#define FRAME 64 /* The maximum size of a function's frame. */

static uint32_t random_state = 55766;

static void fill(void *memory, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        random_state = random_state * 1664525u + 1013904223u;
        ((uint8_t *)memory)[i] = (uint8_t)(random_state >> 24);
    }
}

static bool gives_the_same_states(void)
{
    for (size_t i = 0; i < BLOCKS; i++) {
        mbedtls_sha256_context ours;
        uint8_t buffer[64 + 3];
        const uint8_t *block = buffer + i % 4; /* at every alignment */
        fill(&ours, sizeof ours);
        fill(buffer, sizeof buffer);
        mbedtls_sha256_context theirs = ours;
        if (mbedtls_internal_sha256_process(&ours, block) != 0 ||
            sevl_sha256_process_c(&theirs, block) != 0 || memcmp(&ours, &theirs, sizeof ours) != 0)
            return false;
    }
    return true;
}

/* Compiled code has most of its variables elsewhere: its results might not show it. */
static bool keeps_registers(void)
{
#if defined(__arm__)
    static uint32_t state[8];
    static const unsigned char block[64];
    register uint32_t r8 __asm__("r8") = 8;
    register uint32_t r9 __asm__("r9") = 9;
    register uint32_t r10 __asm__("r10") = 10;
    register uint32_t r11 __asm__("r11") = 11;
    __asm__ volatile("mov r0, %4\n mov r1, %5\n bl sevl_sha256_process_words"
                     : "+r"(r8), "+r"(r9), "+r"(r10), "+r"(r11)
                     : "r"(state), "r"(block)
                     : "r0", "r1", "r2", "r3", "r12", "lr", "cc", "memory");
    return r8 == 8 && r9 == 9 && r10 == 10 && r11 == 11;
#else
    return true;
#endif
}

static uint32_t rotr(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

/* The words that may reveal a key: the message schedule, and the state before and after. */
static struct {
    uint32_t schedule[64];
    uint32_t before[8];
    uint32_t after[8];
} secret;

static void expand(const uint8_t block[64])
{
    uint32_t *w = secret.schedule;
    for (size_t i = 0; i < 16; i++, block += 4)
        w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 |
               block[3];
    for (size_t i = 16; i < 64; i++)
        w[i] = (rotr(w[i - 2], 17) ^ rotr(w[i - 2], 19) ^ w[i - 2] >> 10) + w[i - 7] +
               (rotr(w[i - 15], 7) ^ rotr(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 16];
}

static bool is_secret(uint32_t word)
{
    const uint32_t *words = (const uint32_t *)&secret;
    for (size_t i = 0; i < sizeof secret / sizeof *words; i++)
        if (words[i] == word)
            return true;
    return false;
}

/* Leaves its own words in no register that the next function would save. */
static __attribute__((noinline)) void prepare(uint8_t block[64])
{
    fill(block, 64);
    fill(secret.before, sizeof secret.before);
    memcpy(secret.after, secret.before, sizeof secret.after);
    expand(block);
}

static bool leaves_nothing(void)
{
    static uint8_t block[64];
    const uintptr_t end = (uintptr_t)__builtin_frame_address(0) - FRAME;
    prepare(block);
    for (uintptr_t at = (uintptr_t)stack_start; at < end; at += sizeof(uint32_t))
        *(volatile uint32_t *)at = 0;
    sevl_sha256_process_words(secret.after, block);
    for (uintptr_t at = (uintptr_t)stack_start; at < end; at += sizeof(uint32_t))
        if (is_secret(*(volatile const uint32_t *)at))
            return false;
    return true;
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
    if (!leaves_nothing())
        return REFUSE("a word of the message or the state is on the stack");
    return 0;
}
