/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_is_uniform, for 0, 1, 63, 64, 69 and 133 bytes, with blocks of 64: it tells that all
 * bytes are the one given exactly if they are. sevl_snp_append_uniform and
 * sevl_snp_hash_uniform, for a page of 160 bytes: each byte of what is hashed is that one.
 */
#include "sha384_model.h"

#define __builtin_memcpy memcpy /* which CBMC knows */
#include <core/snp/uniform.c>

static void compare(size_t size)
{
    uint8_t memory[133];
    uint8_t byte = nondet_u8();
    const uint8_t *bytes = ENDING(memory, size);
    bool is_uniform = true;
    for (size_t i = 0; i < size; i++)
        is_uniform = is_uniform && bytes[i] == byte;

    bool result = sevl_snp_is_uniform(bytes, size, byte);

    REACHES(result && size == 133);
    REACHES(!result && size == 133 && bytes[0] == byte && bytes[131] == byte);
    PROVE(result == is_uniform);
}

static void append(void)
{
    struct sevl_sha384 page;
    uint8_t byte = nondet_u8();
    size_t size = any_below(SEVL_PAGE_SIZE + 1);
    ASSUME(sevl_sha384_init(&page) == SEVL_OK);

    enum sevl_result result = sevl_snp_append_uniform(&page, byte, size);

    REACHES(result == SEVL_OK && size == SEVL_PAGE_SIZE);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (result == SEVL_OK)
        PROVE(page.opaque[0] == size && page.opaque[1] == (place < size ? byte : 0));
}

static void hash(void)
{
    uint8_t hash[SEVL_SHA384_SIZE];
    uint8_t byte = nondet_u8();

    enum sevl_result result = sevl_snp_hash_uniform(byte, hash);

    REACHES(result == SEVL_OK);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (result == SEVL_OK)
        PROVE(is_hash_of(hash, SEVL_PAGE_SIZE, byte));
    else
        prove_zero(hash, sizeof hash);
}

int main(void)
{
    static const size_t sizes[] = {0, 1, 63, 64, 69, 133};
    place = any_below(SEVL_PAGE_SIZE);
    if (CASE < 6)
        compare(sizes[CASE % 6]);
    else if (CASE == 6)
        append();
    else
        hash();
}
