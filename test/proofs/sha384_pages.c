/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sha384_pages, for 0 to 3 pages, with 4 in place of 4096 bytes: each has the hash of its
 * bytes; if one fails, no hash is left.
 */
#include "sha384_model.h"

#include <core/crypto/sha384_pages.c>

#define PAGES 3

int main(void)
{
    uint8_t memory[PAGES * SEVL_PAGE_SIZE];
    uint8_t room[PAGES * SEVL_SHA384_SIZE];
    size_t count = any_below(PAGES + 1);
    const uint8_t *pages = ENDING(memory, count * SEVL_PAGE_SIZE);
    uint8_t *hashes = ENDING(room, count * SEVL_SHA384_SIZE);
    place = any_below(SEVL_PAGE_SIZE);

    enum sevl_result result = sevl_sha384_pages(pages, count, (uint8_t(*)[SEVL_SHA384_SIZE])hashes);

    REACHES(result == SEVL_OK && count == PAGES);
    REACHES(result != SEVL_OK && count == PAGES);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (count == 0)
        return 0;
    size_t page = any_below(count);
    const uint8_t *hash = hashes + page * SEVL_SHA384_SIZE;
    if (result == SEVL_OK)
        PROVE(is_hash_of(hash, SEVL_PAGE_SIZE, pages[page * SEVL_PAGE_SIZE + place]));
    else
        prove_zero(hash, SEVL_SHA384_SIZE);
}
