/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/self_test.h"

#include "crypto/constant_time.h"
#include "sevlaunch/sha256.h"
#include "vectors.h"

/* Input comes in pieces of this many bytes: less than a block, and no divisor of one. */
#define PIECE 23

static enum sevl_result append_firmware(struct sevl_sha256 *digest,
                                        const struct sevl_vector *vector)
{
    uint8_t piece[PIECE];
    enum sevl_result result = SEVL_OK;
    size_t used = 0;
    for (size_t i = 0; i < vector->size && result == SEVL_OK; i++) {
        piece[used++] = (uint8_t)(vector->seed + 7 * i);
        if (used < PIECE && i + 1 < vector->size)
            continue;
        result = sevl_sha256_update(digest, piece, used);
        used = 0;
    }
    return result;
}

static enum sevl_result digest_firmware(const struct sevl_vector *vector,
                                        uint8_t launch_digest[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 digest;
    enum sevl_result result = sevl_sha256_init(&digest);
    if (result == SEVL_OK)
        result = append_firmware(&digest, vector);
    if (result == SEVL_OK)
        result = sevl_sha256_finish(&digest, launch_digest);
    return result;
}

static bool is_right(const struct sevl_vector *vector)
{
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    struct sevl_measurement forged = vector->reported;
    forged.measure[vector->seed % SEVL_MEASURE_SIZE] ^= 1;
    return digest_firmware(vector, launch_digest) == SEVL_OK &&
           sevl_constant_time_equal(launch_digest, vector->launch_digest, sizeof launch_digest) &&
           sevl_measurement_verify(vector->tik, &vector->launch, launch_digest,
                                   &vector->reported) == SEVL_MATCH &&
           sevl_measurement_verify(vector->tik, &vector->launch, launch_digest, &forged) ==
               SEVL_MISMATCH;
}

enum sevl_result sevl_self_test(void)
{
    for (size_t i = 0; i < sizeof sevl_vectors / sizeof *sevl_vectors; i++)
        if (!is_right(&sevl_vectors[i]))
            return SEVL_ERROR_CRYPTO;
    return SEVL_OK;
}
