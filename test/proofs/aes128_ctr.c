/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_aes128_ctr, for data of 0 to 64 bytes: Mbed TLS gets key, IV and data unchanged, and
 * without its success none is reported; every error is reported; round keys and key stream
 * are wiped on every path.
 */
#include "mbedtls_model.h"

#include <core/crypto/aes_ctr.c>

static uint8_t key[SEVL_AES128_SIZE];
static uint8_t iv[SEVL_AES128_SIZE];
static uint8_t *input;
static size_t input_size;
static bool has_keys;
static bool is_encrypted;

void mbedtls_aes_init(mbedtls_aes_context *aes)
{
    *aes = (mbedtls_aes_context){0};
}

int mbedtls_aes_setkey_enc(mbedtls_aes_context *aes, const unsigned char *from, unsigned int bits)
{
    PROVE(from == key && bits == 128);
    has_keys = true;
    return any_error();
}

int mbedtls_aes_crypt_ctr(mbedtls_aes_context *aes, size_t size, size_t *used,
                          unsigned char counter[16], unsigned char stream[16],
                          const unsigned char *from, unsigned char *to)
{
    size_t i = any_below(SEVL_AES128_SIZE);
    PROVE(has_keys && error == 0);
    PROVE(from == input && to == input && size == input_size);
    PROVE(*used == 0 && counter[i] == iv[i]);
    watch(stream, SEVL_AES128_SIZE);
    is_encrypted = true;
    return any_error();
}

void mbedtls_aes_free(mbedtls_aes_context *aes)
{
    has_keys = false;
}

int main(void)
{
    uint8_t memory[64];
    __CPROVER_havoc_object(key);
    __CPROVER_havoc_object(iv);
    input_size = any_below(sizeof memory + 1);
    input = ENDING(memory, input_size);

    enum sevl_result result = sevl_aes128_ctr(key, iv, input, input_size);

    REACHES(result == SEVL_OK && input_size == 64);
    REACHES(result == SEVL_ERROR_CRYPTO);
    PROVE(result == (error == 0 ? SEVL_OK : SEVL_ERROR_CRYPTO));
    PROVE(result != SEVL_OK || is_encrypted);
    PROVE(!has_keys);
    prove_wiped();
}
