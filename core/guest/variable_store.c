/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/variable_store.h"

#include "sevlaunch/wipe.h"

const uint32_t sevl_variable_store_sizes[SEVL_VARIABLE_STORES] = {0x20000, 0x84000};

static enum sevl_result keep_code(struct sevl_firmware_code *code, enum sevl_result result)
{
    if (result != SEVL_OK)
        sevl_wipe(code, sizeof *code);
    return result;
}

enum sevl_result sevl_firmware_code_init(struct sevl_firmware_code *code)
{
    enum sevl_result result = SEVL_OK;
    code->size = 0;
    for (uint32_t i = 0; i < SEVL_VARIABLE_STORES && result == SEVL_OK; i++)
        result = sevl_sha256_init(&code->after_store[i]);
    return keep_code(code, result);
}

/* How many of the next `size` bytes are still of the store. */
static size_t count_store_bytes(const struct sevl_firmware_code *code, uint32_t i, size_t size)
{
    uint64_t store = sevl_variable_store_sizes[i];
    uint64_t left = code->size < store ? store - code->size : 0;
    return left < size ? (size_t)left : size;
}

enum sevl_result sevl_firmware_code_update(struct sevl_firmware_code *code, const void *data,
                                           size_t size)
{
    const uint8_t *bytes = data;
    enum sevl_result result = SEVL_OK;
    for (uint32_t i = 0; i < SEVL_VARIABLE_STORES && result == SEVL_OK; i++) {
        size_t skipped = count_store_bytes(code, i, size);
        result = size == skipped
                     ? sevl_sha256_update(&code->after_store[i], NULL, 0)
                     : sevl_sha256_update(&code->after_store[i], bytes + skipped, size - skipped);
    }
    code->size += size;
    return keep_code(code, result);
}
