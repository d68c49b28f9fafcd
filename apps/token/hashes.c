/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hashes.h"

enum sevl_result hash_bytes(const void *bytes, size_t size, uint8_t sha384[SEVL_SHA384_SIZE])
{
    struct sevl_sha384 stream;
    enum sevl_result result = sevl_sha384_init(&stream);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&stream, bytes, size);
    if (result == SEVL_OK)
        result = sevl_sha384_finish(&stream, sha384);
    return result;
}

bool hash_equal(const uint8_t one[SEVL_SHA384_SIZE], const uint8_t other[SEVL_SHA384_SIZE])
{
    uint8_t differences = 0;
    for (size_t i = 0; i < SEVL_SHA384_SIZE; i++)
        differences |= (uint8_t)(one[i] ^ other[i]);
    return differences == 0;
}
