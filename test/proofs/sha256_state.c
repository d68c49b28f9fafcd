/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sha256_init, _update and _finish: every error of Mbed TLS is reported, and then
 * state and hash are zero; so is a finished state. Updates of 0 to 8 bytes.
 */
#include "mbedtls_model.h"

#include <core/crypto.c>

static const uint8_t *input;
static size_t input_size;
static uint8_t hashed[SEVL_SHA256_SIZE];

void mbedtls_sha256_init(mbedtls_sha256_context *sha256)
{
    *sha256 = (mbedtls_sha256_context){0};
}

int mbedtls_sha256_starts(mbedtls_sha256_context *sha256, int is224)
{
    PROVE(is224 == 0);
    __CPROVER_havoc_object(sha256);
    return any_error();
}

int mbedtls_sha256_update(mbedtls_sha256_context *sha256, const unsigned char *data, size_t size)
{
    PROVE(data == input && size == input_size);
    __CPROVER_havoc_object(sha256);
    return any_error();
}

int mbedtls_sha256_finish(mbedtls_sha256_context *sha256, unsigned char *hash)
{
    __CPROVER_havoc_object(sha256);
    __CPROVER_havoc_object(hashed);
    memcpy(hash, hashed, sizeof hashed);
    return any_error();
}

static void prove_settled(enum sevl_result result, const struct sevl_sha256 *sha256)
{
    PROVE(result == (error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO));
    REACHES(result == SEVL_OK);
    REACHES(result == SEVL_ERROR_CRYPTO);
    if (result != SEVL_OK)
        prove_zero(sha256, sizeof *sha256);
}

int main(void)
{
    struct sevl_sha256 sha256;
    uint8_t hash[SEVL_SHA256_SIZE];
    uint8_t memory[8];
    input_size = any_below(sizeof memory + 1);
    input = ENDING(memory, input_size);

    prove_settled(sevl_sha256_init(&sha256), &sha256);
    error = 0;
    prove_settled(sevl_sha256_update(&sha256, input, input_size), &sha256);
    enum sevl_result result = sevl_sha256_finish(&sha256, hash);
    prove_settled(result, &sha256);
    prove_zero(&sha256, sizeof sha256);
    size_t i = any_below(sizeof hash);
    PROVE(hash[i] == (result == SEVL_OK ? hashed[i] : 0));
}
