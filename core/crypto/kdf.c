/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "kdf.h"

#include <string.h>

#include "base/assert.h"
#include "base/bytes.h"

#define COUNTER 1 /* one HMAC is enough */

enum sevl_result sevl_kdf(const uint8_t *key, size_t key_size,
                          const struct sevl_kdf_purpose *purpose, uint8_t derived[SEVL_SHA256_SIZE])
{
    uint8_t message[4 + SEVL_KDF_LABEL_MAX + SEVL_KDF_CONTEXT_MAX + 4];
    size_t size = 4;
    SEVL_ASSERT(purpose->label_size <= SEVL_KDF_LABEL_MAX);
    SEVL_ASSERT(purpose->context_size <= SEVL_KDF_CONTEXT_MAX);
    sevl_put32(message, COUNTER);
    memcpy(message + size, purpose->label, purpose->label_size);
    size += purpose->label_size;
    if (purpose->context_size > 0)
        memcpy(message + size, purpose->context, purpose->context_size);
    size += purpose->context_size;
    sevl_put32(message + size, 8 * SEVL_KDF_SIZE);
    return sevl_hmac_compute(key, key_size, message, size + 4, derived);
}
