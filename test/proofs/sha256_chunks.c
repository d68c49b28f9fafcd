/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sha256_update, for every size up to 5 GiB: Mbed TLS gets each byte once, in
 * order, in pieces whose length fits 32 bits, and nothing after an error. The bytes do not
 * exist: the proof is about addresses only.
 */
#include "mbedtls_model.h"

#pragma CPROVER check push
#pragma CPROVER check disable "pointer"
#pragma CPROVER check disable "pointer-overflow"
#include <core/crypto/sha256.c>
#pragma CPROVER check pop

#define UPDATE_SIZE_MAX ((size_t)5 << 30)

static uint64_t start;
static size_t taken;

int mbedtls_sha256_update(mbedtls_sha256_context *sha256, const unsigned char *data, size_t size)
{
    PROVE(error == 0);
    PROVE((uint64_t)data == start + taken);
    PROVE(size > 0 && size <= UINT32_MAX);
    __CPROVER_havoc_object(sha256);
    taken += size;
    return any_error();
}

int main(void)
{
    struct sevl_sha256 sha256;
    size_t size = any_below(UPDATE_SIZE_MAX + 1);
    sha256.state = SEVL_SHA256_OPEN;
    start = any_below(UINT64_C(1) << 53);

    enum sevl_result result = sevl_sha256_update(&sha256, (const void *)start, size);

    REACHES(result == SEVL_OK && size == UPDATE_SIZE_MAX);
    REACHES(result != SEVL_OK && taken > UINT32_MAX);
    PROVE(result == (error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO));
    PROVE(result != SEVL_OK || taken == size);
}
