/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Apart from rsa_pss.c: who verifies keys of 4096 bits alone needs no SHA-256. */
#include "crypto/rsa_pss.h"

enum sevl_result sevl_rsa_sha256(const void *first, size_t first_size, const void *second,
                                 size_t second_size, uint8_t *hash)
{
    struct sevl_sha256 sha256;
    enum sevl_result result = sevl_sha256_init(&sha256);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&sha256, first, first_size);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&sha256, second, second_size);
    return result == SEVL_OK ? sevl_sha256_finish(&sha256, hash) : result;
}
