/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp/hash.h"

#include <string.h>

enum sevl_result sevl_snp_hash(struct sevl_sha384 *stream, const uint8_t *bytes, size_t size,
                               uint8_t hash[SEVL_SHA384_SIZE])
{
    memset(hash, 0, SEVL_SHA384_SIZE);
    enum sevl_result result = sevl_sha384_init(stream);
    if (result == SEVL_OK)
        result = sevl_sha384_update(stream, bytes, size);
    return result == SEVL_OK ? sevl_sha384_finish(stream, hash) : result;
}
