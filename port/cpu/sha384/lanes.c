/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Eight messages at a time: a vector has a word of each. Compiled for CPUs with AVX-512, but it
 * has nothing but what compilers know of vectors, so that tests run it on any CPU.
 */
#include "blocks.h"
#include "sha512.h"

#include <string.h>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))
#define WORDS 16

typedef uint64_t vector __attribute__((vector_size(64)));
typedef uint8_t byte_vector __attribute__((vector_size(64)));

#ifdef __clang__
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#define SHUFFLE_BYTES(a, ...) __builtin_shufflevector(a, a, __VA_ARGS__)
#else
#define SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (vector){__VA_ARGS__})
#define SHUFFLE_BYTES(a, ...) __builtin_shuffle(a, (byte_vector){__VA_ARGS__})
#endif

/* The variables of FIPS 180-4. */
struct variables {
    vector a;
    vector b;
    vector c;
    vector d;
    vector e;
    vector f;
    vector g;
    vector h;
};

/* Vectors are passed by address: by value, they go where AVX-512 says. */
#define ROTATED(x, count) ((x) >> (count) | (x) << (64 - (count)))

/* Eight words of one message, whose most significant bytes come first. */
INLINE void load_words(vector *words, const uint8_t *data)
{
#define REVERSED(n) (n) + 7, (n) + 6, (n) + 5, (n) + 4, (n) + 3, (n) + 2, (n) + 1, (n)
    byte_vector bytes;
    memcpy(&bytes, data, sizeof bytes);
    *words = (vector)SHUFFLE_BYTES(bytes, REVERSED(0), REVERSED(8), REVERSED(16), REVERSED(24),
                                   REVERSED(32), REVERSED(40), REVERSED(48), REVERSED(56));
}

/*
 * The next eight words of each message: words of a message are turned into those of a vector.
 * 64 bytes of each message and not 128 at a time, since pages have the same place in a cache.
 */
INLINE void load_lanes(vector w[8], const uint8_t *const messages[SEVL_SHA512_LANES], size_t at)
{
    vector twos[8];
    vector fours[8];
#pragma GCC unroll 8
    for (size_t i = 0; i < 8; i++)
        load_words(fours + i, messages[i] + at);
#pragma GCC unroll 4
    for (size_t i = 0; i < 8; i += 2) {
        twos[i] = SHUFFLE(fours[i], fours[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        twos[i + 1] = SHUFFLE(fours[i], fours[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) {
        size_t from = i % 2 + i / 2 * 4;
        fours[from] = SHUFFLE(twos[from], twos[from + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        fours[from + 2] = SHUFFLE(twos[from], twos[from + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) {
        w[i] = SHUFFLE(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        w[i + 4] = SHUFFLE(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/* Puts the words of a round in the place of those of 16 rounds before. */
INLINE void extend(vector w[WORDS], size_t round)
{
    vector before_15 = w[(round + 1) % WORDS];
    vector before_2 = w[(round + 14) % WORDS];
    vector sigma0 = ROTATED(before_15, 1) ^ ROTATED(before_15, 8) ^ before_15 >> 7;
    vector sigma1 = ROTATED(before_2, 19) ^ ROTATED(before_2, 61) ^ before_2 >> 6;
    w[round] += (sigma0 + w[(round + 9) % WORDS]) + sigma1;
}

/* What is known first is added first: a round waits for the variables of the one before. */
INLINE void run_round(struct variables *v, const vector *words, uint64_t constant)
{
    vector t1 = (v->h + (*words + constant)) + (((v->f ^ v->g) & v->e) ^ v->g);
    t1 += ROTATED(v->e, 14) ^ ROTATED(v->e, 18) ^ ROTATED(v->e, 41);
    vector t2 = (ROTATED(v->a, 28) ^ ROTATED(v->a, 34) ^ ROTATED(v->a, 39)) +
                ((v->a & v->b) | (v->c & (v->a | v->b)));
    v->h = v->g;
    v->g = v->f;
    v->f = v->e;
    v->e = v->d + t1;
    v->d = v->c;
    v->c = v->b;
    v->b = v->a;
    v->a = t1 + t2;
}

INLINE void process_block(struct variables *v, vector w[WORDS])
{
#pragma GCC unroll 16
    for (size_t i = 0; i < WORDS; i++)
        run_round(v, w + i, sevl_sha512_k[i]);
    for (const uint64_t *k = sevl_sha512_k + WORDS; k < sevl_sha512_k + 80; k += WORDS) {
#pragma GCC unroll 16
        for (size_t i = 0; i < WORDS; i++) {
            extend(w, i);
            run_round(v, w + i, k[i]);
        }
    }
}

INLINE void add_variables(struct variables *sum, const struct variables *v)
{
    sum->a += v->a;
    sum->b += v->b;
    sum->c += v->c;
    sum->d += v->d;
    sum->e += v->e;
    sum->f += v->f;
    sum->g += v->g;
    sum->h += v->h;
}

void sevl_sha512_process_lanes(uint64_t state[8][SEVL_SHA512_LANES],
                               const uint8_t *const messages[SEVL_SHA512_LANES], size_t blocks)
{
    struct variables sum;
    memcpy(&sum, state, sizeof sum);
    for (size_t at = 0; at < blocks * SEVL_SHA512_BLOCK; at += SEVL_SHA512_BLOCK) {
        vector w[WORDS];
        struct variables v = sum;
        load_lanes(w, messages, at);
        load_lanes(w + 8, messages, at + 64);
        process_block(&v, w);
        add_variables(&sum, &v);
    }
    memcpy(state, &sum, sizeof sum);
#ifdef __AVX512F__
    _mm256_zeroupper(); /* or what follows without VEX prefixes is slow */
#endif
}
