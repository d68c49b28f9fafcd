/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_hash, for any bytes of up to 4, with any call that fails: the hash is that of all of
 * them, or zeros.
 */
#include "proof.h"

#include "sha384_model.h"

#include <core/snp/hash.c>

#define MESSAGE_MAX 4

int main(void)
{
    uint8_t message[MESSAGE_MAX];
    size_t size = any_below(MESSAGE_MAX + 1);
    const uint8_t *bytes = ENDING(message, size);
    uint8_t hash[SEVL_SHA384_SIZE];
    struct sevl_sha384 stream;
    place = any_below(MESSAGE_MAX);

    enum sevl_result result = sevl_snp_hash(&stream, bytes, size, hash);

    REACHES(result == SEVL_OK && size == MESSAGE_MAX);
    REACHES(result == SEVL_ERROR_CRYPTO);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (failed)
        prove_zero(hash, sizeof hash);
    else
        PROVE(is_hash_of(hash, size, place < size ? bytes[place] : 0));
}
