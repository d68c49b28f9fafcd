/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev/platform_signature.h"

#include "crypto/rsa_pss.h"
#include "sevlaunch/sha256.h"

_Static_assert(sizeof(struct sevl_p384_key) == SEVL_P384_KEY_SIZE, "a key is its bytes");

enum sevl_result sevl_sev_signature_verify(struct sevl_sev_chain_memory *memory,
                                           const uint8_t key[SEVL_P384_KEY_SIZE],
                                           const uint8_t *bytes, size_t size,
                                           const uint8_t fields[2 * NUMBER_FIELD])
{
    void *const opaque = memory->opaque;
    struct sevl_sev_signature *work = opaque;
    const void *const point = key;
    /* As a number of P-384: FIPS 186-5, section 6.4.2, takes a shorter hash as it is. */
    uint8_t hash[SEVL_P384_SIZE] = {0};
    enum sevl_result result =
        sevl_rsa_sha256(bytes, size, NULL, 0, hash + SEVL_P384_SIZE - SEVL_SHA256_SIZE);
    if (result != SEVL_OK)
        return result;
    sevl_sev_turn_number(work->numbers.r, fields, SEVL_P384_SIZE);
    sevl_sev_turn_number(work->numbers.s, fields + NUMBER_FIELD, SEVL_P384_SIZE);
    return sevl_ecdsa_p384_verify(&work->ecdsa, point, hash, &work->numbers);
}
