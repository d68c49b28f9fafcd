/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "known.h"
#include "sev/vectors.h"
#include "verify.h"

static const struct sevl_vector *const vector = &sevl_vectors[8];

static uint8_t firmware[1000];

struct sevl_bytes known_input(void)
{
    for (size_t i = 0; i < vector->size; i++)
        firmware[i] = (uint8_t)(vector->seed + 7 * i);
    for (size_t i = 0; i < SEVL_TIK_SIZE; i++)
        verification.tik[i] = vector->tik[i];
    verification.launch = vector->launch;
    verification.reported = vector->reported;
    return (struct sevl_bytes){firmware, vector->size};
}
