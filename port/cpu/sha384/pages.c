/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* In place of core/crypto/sha384_pages.c: eight pages at a time, where the CPU allows that. */
#include "crypto/sha384_pages.h"

#include <string.h>

#include "blocks.h"
#include "choice.h"

#define WORDS (SEVL_SHA384_SIZE / 8)
#define PAGE_BLOCKS (SEVL_PAGE_SIZE / SEVL_SHA512_BLOCK)

_Static_assert(SEVL_SHA384_PAGES_MAX <= SEVL_SHA512_LANES, "each page has a lane");
_Static_assert(SEVL_PAGE_SIZE * 8 == 0x8000, "the padding ends with this number of bits");

/* FIPS 180-4, sections 5.3.4 and 5.1.2: the state at the start; what follows a page. */
static const uint64_t start[8] = {
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};
static const uint8_t padding[SEVL_SHA512_BLOCK] = {0x80, [SEVL_SHA512_BLOCK - 2] = 0x80};

/* The most significant byte comes first. */
static void put_word(uint8_t *bytes, uint64_t word)
{
    word = __builtin_bswap64(word);
    memcpy(bytes, &word, sizeof word);
}

static void hash_one_page(const uint8_t *page, uint8_t hash[SEVL_SHA384_SIZE])
{
    uint64_t state[8];
    memcpy(state, start, sizeof state);
    sevl_sha512_process_blocks(state, page, PAGE_BLOCKS);
    sevl_sha512_process_blocks(state, padding, 1);
    for (size_t word = 0; word < WORDS; word++)
        put_word(hash + 8 * word, state[word]);
}

/* Lanes without a page of their own repeat one. */
static void hash_lanes(const uint8_t *pages, size_t count, uint8_t (*hashes)[SEVL_SHA384_SIZE])
{
    uint64_t state[8][SEVL_SHA512_LANES];
    const uint8_t *messages[SEVL_SHA512_LANES];
    const uint8_t *ends[SEVL_SHA512_LANES];
    for (size_t lane = 0; lane < SEVL_SHA512_LANES; lane++) {
        messages[lane] = pages + lane % count * SEVL_PAGE_SIZE;
        ends[lane] = padding;
        for (size_t word = 0; word < 8; word++)
            state[word][lane] = start[word];
    }
    sevl_sha512_process_lanes(state, messages, PAGE_BLOCKS);
    sevl_sha512_process_lanes(state, ends, 1);
    for (size_t page = 0; page < count; page++)
        for (size_t word = 0; word < WORDS; word++)
            put_word(hashes[page] + 8 * word, state[word][page]);
}

enum sevl_result sevl_sha384_pages(const uint8_t *pages, size_t count,
                                   uint8_t (*hashes)[SEVL_SHA384_SIZE])
{
    if (count > 1 && (sevl_sha512_choice() & SEVL_SHA512_BY_AVX512) != 0) {
        hash_lanes(pages, count, hashes);
        return SEVL_OK;
    }
    for (size_t i = 0; i < count; i++)
        hash_one_page(pages + i * SEVL_PAGE_SIZE, hashes[i]);
    return SEVL_OK;
}
