/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sha512.h"

#if !defined(__ARM_ARCH_ISA_THUMB) || __ARM_ARCH_ISA_THUMB == 1 /* or else armv7m.S has it */

#include <string.h>

#define ROUNDS 80

static uint64_t rotated(uint64_t x, unsigned count)
{
    return x >> count | x << (64 - count);
}

static uint64_t read_word(const uint8_t *bytes)
{
    uint64_t word = 0;
    for (size_t i = 0; i < sizeof word; i++)
        word = word << 8 | bytes[i];
    return word;
}

/* Puts the word of a round in the place of the one of 16 rounds before. */
static void extend(uint64_t w[16], size_t round)
{
    uint64_t before_15 = w[(round + 1) % 16];
    uint64_t before_2 = w[(round + 14) % 16];
    w[round % 16] += (rotated(before_15, 1) ^ rotated(before_15, 8) ^ before_15 >> 7) +
                     w[(round + 9) % 16] +
                     (rotated(before_2, 19) ^ rotated(before_2, 61) ^ before_2 >> 6);
}

/* a to h are v[0] to v[7]. */
static void run_round(uint64_t v[8], uint64_t input)
{
    uint64_t a = v[0];
    uint64_t e = v[4];
    uint64_t t1 = v[7] + (rotated(e, 14) ^ rotated(e, 18) ^ rotated(e, 41)) +
                  (v[6] ^ (e & (v[5] ^ v[6]))) + input;
    uint64_t t2 =
        (rotated(a, 28) ^ rotated(a, 34) ^ rotated(a, 39)) + ((a & v[1]) | (v[2] & (a | v[1])));
    for (size_t i = 7; i > 0; i--)
        v[i] = v[i - 1];
    v[4] += t1;
    v[0] = t1 + t2;
}

void sevl_sha512_process_words(uint64_t state[8], const uint8_t block[128])
{
    uint64_t w[16];
    uint64_t v[8];
    memcpy(v, state, sizeof v);
    for (size_t i = 0; i < 16; i++)
        w[i] = read_word(block + 8 * i);
    for (size_t i = 0; i < ROUNDS; i++) {
        if (i >= 16)
            extend(w, i);
        run_round(v, w[i % 16] + sevl_sha512_k[i]);
    }
    for (size_t i = 0; i < 8; i++)
        state[i] += v[i];
}

#endif
