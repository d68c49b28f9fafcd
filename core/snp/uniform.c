/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp/uniform.h"

#include <string.h>

/* Bytes that are compared, or appended, in one step. */
#define BLOCK 64

/* A call of memcpy() for each word, as a freestanding build has it, costs more than the rest. */
static bool is_uniform_block(const uint8_t block[BLOCK], uint64_t word)
{
    uint64_t differences = 0;
#pragma GCC unroll 8
    for (size_t i = 0; i < BLOCK; i += sizeof word) {
        uint64_t next;
        __builtin_memcpy(&next, block + i, sizeof next);
        differences |= next ^ word;
    }
    return differences == 0;
}

bool sevl_snp_is_uniform(const uint8_t *bytes, size_t size, uint8_t byte)
{
    uint64_t word = byte * UINT64_C(0x0101010101010101);
    for (; size >= BLOCK; size -= BLOCK, bytes += BLOCK)
        if (!is_uniform_block(bytes, word))
            return false;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != byte)
            return false;
    return true;
}

enum sevl_result sevl_snp_append_uniform(struct sevl_sha384 *page, uint8_t byte, size_t size)
{
    uint8_t bytes[BLOCK];
    enum sevl_result result = SEVL_OK;
    memset(bytes, byte, sizeof bytes);
    while (size > 0 && result == SEVL_OK) {
        size_t piece = size < sizeof bytes ? size : sizeof bytes;
        result = sevl_sha384_update(page, bytes, piece);
        size -= piece;
    }
    return result;
}

enum sevl_result sevl_snp_hash_uniform(uint8_t byte, uint8_t hash[SEVL_SHA384_SIZE])
{
    struct sevl_sha384 page;
    memset(hash, 0, SEVL_SHA384_SIZE);
    enum sevl_result result = sevl_sha384_init(&page);
    if (result == SEVL_OK)
        result = sevl_snp_append_uniform(&page, byte, SEVL_PAGE_SIZE);
    return result == SEVL_OK ? sevl_sha384_finish(&page, hash) : result;
}
