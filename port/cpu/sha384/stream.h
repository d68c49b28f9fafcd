/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One message, in order: rounds in general registers, and the message schedule in vectors of two
 * words, 16 words ahead. plain.c and bmi2.c compile it for two kinds of CPU.
 *
 * No instruction here has a VEX prefix: such code for vectors faults where no one has enabled it,
 * as under UEFI. Statements stand in the order in which they are to be executed: CMakeLists.txt
 * says how compilers are told.
 */
#ifndef SEVLAUNCH_CPU_SHA512_STREAM_H
#define SEVLAUNCH_CPU_SHA512_STREAM_H

#include "blocks.h"
#include "sha512.h"

#include <emmintrin.h>
#ifdef __SSSE3__
#include <tmmintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))
#define WORDS 16
#define PAIRS (WORDS / 2)

/* The variables of FIPS 180-4, and b ^ c, which is a ^ b of the round before. */
struct variables {
    uint64_t a;
    uint64_t b;
    uint64_t c;
    uint64_t d;
    uint64_t e;
    uint64_t f;
    uint64_t g;
    uint64_t h;
    uint64_t bc;
};

INLINE uint64_t rotate_word(uint64_t x, int count)
{
    return x >> count | x << (64 - count);
}

/* `input` is the word of the message schedule and the constant. */
INLINE void run_round(struct variables *v, uint64_t input)
{
    uint64_t ab = v->a ^ v->b;
    uint64_t majority = (ab & v->bc) ^ v->b;
    uint64_t t1 = v->h + input + (((v->f ^ v->g) & v->e) ^ v->g);
    t1 += rotate_word(v->e, 14) ^ rotate_word(v->e, 18) ^ rotate_word(v->e, 41);
    uint64_t t2 =
        (rotate_word(v->a, 28) ^ rotate_word(v->a, 34) ^ rotate_word(v->a, 39)) + majority;
    v->h = v->g;
    v->g = v->f;
    v->f = v->e;
    v->e = v->d + t1;
    v->d = v->c;
    v->c = v->b;
    v->b = v->a;
    v->a = t1 + t2;
    v->bc = ab;
}

/* Two words of the message, whose most significant bytes come first. */
INLINE __m128i load_pair(const uint8_t *data)
{
#ifdef __SSSE3__
    const __m128i order = _mm_set_epi64x(0x08090a0b0c0d0e0f, 0x0001020304050607);
    return _mm_shuffle_epi8(_mm_loadu_si128((const void *)data), order);
#else
    __m128i pair = _mm_loadu_si128((const void *)data);
    pair = _mm_or_si128(_mm_srli_epi16(pair, 8), _mm_slli_epi16(pair, 8));
    return _mm_shufflehi_epi16(_mm_shufflelo_epi16(pair, 0x1b), 0x1b);
#endif
}

/* The second word of a pair, and the first one of the pair after it. */
INLINE __m128i pair_between(__m128i pair, __m128i next)
{
    return _mm_castpd_si128(_mm_shuffle_pd(_mm_castsi128_pd(pair), _mm_castsi128_pd(next), 1));
}

INLINE __m128i rotate_pair(__m128i x, int count)
{
    return _mm_xor_si128(_mm_srli_epi64(x, count), _mm_slli_epi64(x, 64 - count));
}

/* The two words of the message schedule that follow sixteen. */
INLINE __m128i next_pair(const __m128i w[PAIRS])
{
    __m128i before_15 = pair_between(w[0], w[1]);
    __m128i before_7 = pair_between(w[4], w[5]);
    __m128i before_2 = w[7];
    __m128i sigma0 =
        _mm_xor_si128(_mm_xor_si128(rotate_pair(before_15, 1), rotate_pair(before_15, 8)),
                      _mm_srli_epi64(before_15, 7));
    __m128i sigma1 =
        _mm_xor_si128(_mm_xor_si128(rotate_pair(before_2, 19), rotate_pair(before_2, 61)),
                      _mm_srli_epi64(before_2, 6));
    return _mm_add_epi64(_mm_add_epi64(w[0], before_7), _mm_add_epi64(sigma0, sigma1));
}

INLINE void store_input(uint64_t *input, __m128i pair, const uint64_t *k)
{
    _mm_store_si128((void *)input, _mm_add_epi64(pair, _mm_load_si128((const void *)k)));
}

/* Sixteen rounds, and meanwhile the inputs of the next sixteen, whose constants are at `k`. */
INLINE void run_rounds(struct variables *v, __m128i w[PAIRS], uint64_t input[WORDS],
                       const uint64_t *k)
{
#pragma GCC unroll 8
    for (size_t i = 0; i < PAIRS; i++) {
        __m128i next = next_pair(w);
        run_round(v, input[2 * i]);
        run_round(v, input[2 * i + 1]);
        store_input(input + 2 * i, next, k + 2 * i);
        w[0] = w[1];
        w[1] = w[2];
        w[2] = w[3];
        w[3] = w[4];
        w[4] = w[5];
        w[5] = w[6];
        w[6] = w[7];
        w[7] = next;
    }
}

INLINE void process_block(struct variables *v, const uint8_t *data)
{
    __m128i w[PAIRS];
    _Alignas(16) uint64_t input[WORDS];
#pragma GCC unroll 8
    for (size_t i = 0; i < PAIRS; i++) {
        w[i] = load_pair(data + 16 * i);
        store_input(input + 2 * i, w[i], sevl_sha512_k + 2 * i);
    }
    for (size_t group = 1; group < 5; group++)
        run_rounds(v, w, input, sevl_sha512_k + WORDS * group);
#pragma GCC unroll 16
    for (size_t i = 0; i < WORDS; i++)
        run_round(v, input[i]);
}

INLINE void process_blocks(uint64_t state[8], const uint8_t *data, size_t blocks)
{
    for (; blocks > 0; blocks--, data += SEVL_SHA512_BLOCK) {
        struct variables v = {state[0], state[1], state[2], state[3],           state[4],
                              state[5], state[6], state[7], state[1] ^ state[2]};
        process_block(&v, data);
        state[0] += v.a;
        state[1] += v.b;
        state[2] += v.c;
        state[3] += v.d;
        state[4] += v.e;
        state[5] += v.f;
        state[6] += v.g;
        state[7] += v.h;
    }
}

#endif
