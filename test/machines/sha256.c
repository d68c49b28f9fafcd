/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does a block function in assembly compute what Mbed TLS's does, keep its caller's
 * registers, and leave nothing on the stack? Prints what it does not do.
 */
#include "sha256.h"
#include "hook.h"

#include <string.h>

#include <mbedtls/sha256.h>

#include "assembly.h"
#include "startup.h"

#define BLOCKS 1000
#define FRAME 64 /* The maximum size of a function's frame. */

static bool gives_the_same_states(void)
{
    for (size_t i = 0; i < BLOCKS; i++) {
        mbedtls_sha256_context ours;
        uint8_t buffer[64 + 3];
        const uint8_t *block = buffer + i % 4; /* at every alignment */
        fill_randomly(&ours, sizeof ours);
        fill_randomly(buffer, sizeof buffer);
        mbedtls_sha256_context theirs = ours;
        if (mbedtls_internal_sha256_process(&ours, block) != 0 ||
            sevl_sha256_process_c(&theirs, block) != 0 || memcmp(&ours, &theirs, sizeof ours) != 0)
            return false;
    }
    return true;
}

static bool keeps_registers(void)
{
    static uint32_t state[8];
    static const unsigned char block[64];
    return KEEPS_REGISTERS(sevl_sha256_process_words, state, block, block);
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
    fill_randomly(block, 64);
    fill_randomly(secret.before, sizeof secret.before);
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
