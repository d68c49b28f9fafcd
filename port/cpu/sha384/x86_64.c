/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The hook for x86-64, and an update function that takes many blocks in one call. */
#include "blocks.h"
#include "context.h"
#include "hook.h"

int mbedtls_internal_sha512_process(mbedtls_sha512_context *context,
                                    const unsigned char data[SEVL_SHA512_BLOCK])
{
    sevl_sha512_process_blocks(context_state(context), data, 1);
    return 0;
}

static void update_blocks(mbedtls_sha512_context *context, const unsigned char *data, size_t size)
{
    uint64_t *total = context_total(context);
    total[0] += size;
    if (total[0] < size)
        total[1]++;
    sevl_sha512_process_blocks(context_state(context), data, size / SEVL_SHA512_BLOCK);
}

/*
 * Replaces Mbed TLS's function, which hands on one block at a time. That one is called
 * sevl_sha512_update_rest() here, and gets what is not a whole block. See mbedtls_update.c.
 */
int mbedtls_sha512_update(mbedtls_sha512_context *context, const unsigned char *data, size_t size)
{
    size_t rest = size % SEVL_SHA512_BLOCK;
    if (size < SEVL_SHA512_BLOCK || context_total(context)[0] % SEVL_SHA512_BLOCK != 0)
        return sevl_sha512_update_rest(context, data, size);
    update_blocks(context, data, size - rest);
    return sevl_sha512_update_rest(context, data + (size - rest), rest);
}
