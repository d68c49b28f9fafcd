/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Are SHA-384 and SHA-512 those of OpenSSL, for lengths over the edges of blocks in pieces of
 * any size, and for each number of pages in one call?
 */
#include <sevlaunch/sha384.h>
#include <sevlaunch/sha512.h>

#include <openssl/evp.h>
#include <string.h>

#include "crypto/sha384_pages.h"
#include "require.h"
#include "seeded.h"

#define LONGEST (9 * 128 + 1)

static uint8_t bytes[SEVL_SHA384_PAGES_MAX * SEVL_PAGE_SIZE];

static void require_hash(const EVP_MD *kind, const uint8_t *data, size_t size, const uint8_t *hash)
{
    uint8_t expected[EVP_MAX_MD_SIZE];
    unsigned length;
    REQUIRE(EVP_Digest(data, size, expected, &length, kind, NULL) == 1);
    REQUIRE(memcmp(hash, expected, length) == 0);
}

static void compare_sha384(const uint8_t *data, size_t size)
{
    struct sevl_sha384 sha384;
    uint8_t hash[SEVL_SHA384_SIZE];
    REQUIRE(sevl_sha384_init(&sha384) == SEVL_OK);
    for (size_t at = 0, piece; at < size; at += piece) {
        piece = 1 + seeded_below(size - at);
        REQUIRE(sevl_sha384_update(&sha384, data + at, piece) == SEVL_OK);
    }
    REQUIRE(sevl_sha384_finish(&sha384, hash) == SEVL_OK);
    require_hash(EVP_sha384(), data, size, hash);
}

static void compare_sha512(const uint8_t *data, size_t size)
{
    struct sevl_sha512 sha512;
    uint8_t hash[SEVL_SHA512_SIZE];
    REQUIRE(sevl_sha512_init(&sha512) == SEVL_OK);
    REQUIRE(sevl_sha512_update(&sha512, data, size) == SEVL_OK);
    REQUIRE(sevl_sha512_finish(&sha512, hash) == SEVL_OK);
    require_hash(EVP_sha512(), data, size, hash);
}

static void compare_pages(size_t count)
{
    uint8_t hashes[SEVL_SHA384_PAGES_MAX][SEVL_SHA384_SIZE];
    seeded_fill(bytes, sizeof bytes);
    REQUIRE(sevl_sha384_pages(bytes, count, hashes) == SEVL_OK);
    for (size_t i = 0; i < count; i++)
        require_hash(EVP_sha384(), bytes + i * SEVL_PAGE_SIZE, SEVL_PAGE_SIZE, hashes[i]);
}

int main(void)
{
    seeded_fill(bytes, sizeof bytes);
    for (size_t size = 0; size <= LONGEST; size++) {
        compare_sha384(bytes + size % 64, size); /* at every alignment */
        compare_sha512(bytes + size % 64, size);
    }
    for (size_t round = 0; round < 25; round++)
        for (size_t count = 1; count <= SEVL_SHA384_PAGES_MAX; count++)
            compare_pages(count);
    return 0;
}
