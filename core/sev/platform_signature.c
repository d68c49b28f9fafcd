/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev/platform_signature.h"

#include "sevlaunch/sha256.h"

_Static_assert(sizeof(struct sevl_p384_key) == SEVL_P384_KEY_SIZE, "a key is its bytes");

/* As a number of P-384: FIPS 186-5, section 6.4.2, takes a shorter hash as it is. */
static enum sevl_result hash_to_number(const uint8_t *bytes, size_t size,
                                       uint8_t number[SEVL_P384_SIZE])
{
    struct sevl_sha256 sha256;
    enum sevl_result result = sevl_sha256_init(&sha256);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&sha256, bytes, size);
    if (result != SEVL_OK)
        return result;
    return sevl_sha256_finish(&sha256, number + SEVL_P384_SIZE - SEVL_SHA256_SIZE);
}

enum sevl_result sevl_sev_signature_verify(struct sevl_sev_chain_memory *memory,
                                           const uint8_t key[SEVL_P384_KEY_SIZE],
                                           const uint8_t *bytes, size_t size,
                                           const uint8_t fields[2 * NUMBER_FIELD])
{
    void *const opaque = memory->opaque;
    struct sevl_sev_signature *work = opaque;
    const void *const point = key;
    uint8_t hash[SEVL_P384_SIZE] = {0};
    enum sevl_result result = hash_to_number(bytes, size, hash);
    if (result != SEVL_OK)
        return result;
    sevl_sev_turn_number(work->numbers.r, fields, SEVL_P384_SIZE);
    sevl_sev_turn_number(work->numbers.s, fields + NUMBER_FIELD, SEVL_P384_SIZE);
    return sevl_ecdsa_p384_verify(&work->ecdsa, point, hash, &work->numbers);
}
