/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/sha384_pages.h"

#include <string.h>

static enum sevl_result hash_page(const uint8_t *page, uint8_t hash[SEVL_SHA384_SIZE])
{
    struct sevl_sha384 sha384;
    enum sevl_result result = sevl_sha384_init(&sha384);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&sha384, page, SEVL_PAGE_SIZE);
    if (result == SEVL_OK)
        result = sevl_sha384_finish(&sha384, hash);
    return result;
}

enum sevl_result sevl_sha384_pages(const uint8_t *pages, size_t count,
                                   uint8_t (*hashes)[SEVL_SHA384_SIZE])
{
    for (size_t i = 0; i < count; i++) {
        enum sevl_result result = hash_page(pages + i * SEVL_PAGE_SIZE, hashes[i]);
        if (result != SEVL_OK) {
            memset(hashes, 0, count * SEVL_SHA384_SIZE);
            return result;
        }
    }
    return SEVL_OK;
}
