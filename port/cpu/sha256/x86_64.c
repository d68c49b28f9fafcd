/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The SHA extensions of x86-64 (Intel 64 and IA-32 Architectures Software
 * Developer's Manual, volume 2, SHA256RNDS2).
 */
#include "sha256.h"

#include <cpuid.h>
#include <immintrin.h>

#include "context.h"

#define BLOCK 64

#define CPUID_1_ECX_SSSE3 (1u << 9)
#define CPUID_1_ECX_SSE41 (1u << 19)
#define CPUID_7_EBX_SHA (1u << 29)

bool sevl_sha256_has_extensions(void)
{
    unsigned eax;
    unsigned ebx;
    unsigned ecx;
    unsigned edx;
    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0 || (ecx & CPUID_1_ECX_SSSE3) == 0 ||
        (ecx & CPUID_1_ECX_SSE41) == 0)
        return false;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (ebx & CPUID_7_EBX_SHA) != 0;
}

#define TARGET __attribute__((target("sha,sse4.1,ssse3")))

/* The eight words of a state as the instructions want them: a, b, e, f and c, d, g, h. */
struct halves {
    __m128i abef;
    __m128i cdgh;
};

TARGET static inline struct halves load_state(const uint32_t state[8])
{
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const void *)state), 0xb1);
    __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const void *)(state + 4)), 0x1b);
    return (struct halves){_mm_alignr_epi8(badc, hgfe, 8), _mm_blend_epi16(hgfe, badc, 0xf0)};
}

TARGET static inline void store_state(uint32_t state[8], struct halves halves)
{
    __m128i feba = _mm_shuffle_epi32(halves.abef, 0x1b);
    __m128i dchg = _mm_shuffle_epi32(halves.cdgh, 0xb1);
    _mm_storeu_si128((void *)state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

/* Four words of the message, whose most significant bytes come first. */
TARGET static inline __m128i load_words(const unsigned char *data)
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    return _mm_shuffle_epi8(_mm_loadu_si128((const void *)data), order);
}

/* The four words that follow sixteen. */
TARGET static inline __m128i next_words(const __m128i w[4])
{
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[0], w[1]), _mm_alignr_epi8(w[3], w[2], 4));
    return _mm_sha256msg2_epu32(sum, w[3]);
}

TARGET static inline struct halves four_rounds(struct halves halves, __m128i words, size_t group)
{
    __m128i sum = _mm_add_epi32(words, _mm_load_si128((const void *)(sevl_sha256_k + 4 * group)));
    halves.cdgh = _mm_sha256rnds2_epu32(halves.cdgh, halves.abef, sum);
    halves.abef = _mm_sha256rnds2_epu32(halves.abef, halves.cdgh, _mm_shuffle_epi32(sum, 0x0e));
    return halves;
}

TARGET static inline struct halves process_block(struct halves before, const unsigned char *data)
{
    struct halves after = before;
    __m128i w[4] = {load_words(data), load_words(data + 16), load_words(data + 32),
                    load_words(data + 48)};
#pragma GCC unroll 16
    for (size_t group = 0; group < 16; group++) {
        __m128i words = w[0];
        __m128i next = next_words(w);
        after = four_rounds(after, words, group);
        w[0] = w[1];
        w[1] = w[2];
        w[2] = w[3];
        w[3] = next;
    }
    after.abef = _mm_add_epi32(after.abef, before.abef);
    after.cdgh = _mm_add_epi32(after.cdgh, before.cdgh);
    return after;
}

/* The state and the message may depend on a key. No compiler clears registers by itself. */
#define WIPE_REGISTER(n) __asm__ volatile("pxor %%xmm" #n ", %%xmm" #n : : : "xmm" #n)
static inline void clear_vector_registers(void)
{
    WIPE_REGISTER(0);
    WIPE_REGISTER(1);
    WIPE_REGISTER(2);
    WIPE_REGISTER(3);
    WIPE_REGISTER(4);
    WIPE_REGISTER(5);
    WIPE_REGISTER(6);
    WIPE_REGISTER(7);
    WIPE_REGISTER(8);
    WIPE_REGISTER(9);
    WIPE_REGISTER(10);
    WIPE_REGISTER(11);
    WIPE_REGISTER(12);
    WIPE_REGISTER(13);
    WIPE_REGISTER(14);
    WIPE_REGISTER(15);
}

TARGET static void process_blocks(uint32_t state[8], const unsigned char *data, size_t blocks)
{
    struct halves halves = load_state(state);
    for (; blocks > 0; blocks--, data += BLOCK)
        halves = process_block(halves, data);
    store_state(state, halves);
    clear_vector_registers();
}

int sevl_sha256_process_extensions(struct mbedtls_sha256_context *context,
                                   const unsigned char data[BLOCK])
{
    process_blocks(context_state(context), data, 1);
    return 0;
}

/* Takes whole blocks in one call, so that the state stays in registers. */
static void update_blocks(struct mbedtls_sha256_context *context, const unsigned char *data,
                          size_t blocks)
{
    uint32_t *total = context_total(context);
    uint64_t count = (total[0] | (uint64_t)total[1] << 32) + (uint64_t)blocks * BLOCK;
    process_blocks(context_state(context), data, blocks);
    total[0] = (uint32_t)count;
    total[1] = (uint32_t)(count >> 32);
}

/*
 * Replaces Mbed TLS's function, which hands on one block at a time. That one is called
 * sevl_sha256_update_rest() here, and gets what is not a whole block. See mbedtls_update.c.
 */
int mbedtls_sha256_update(struct mbedtls_sha256_context *context, const unsigned char *data,
                          size_t size)
{
    size_t blocks = 0;
    if (context_total(context)[0] % BLOCK == 0 && sevl_sha256_uses_extensions())
        blocks = size / BLOCK;
    if (blocks > 0)
        update_blocks(context, data, blocks);
    return sevl_sha256_update_rest(context, data + blocks * BLOCK, size - blocks * BLOCK);
}
