/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "session_random.h"

#include <string.h>

#include "crypto/constant_time.h"
#include "crypto/p384_secret.h"

#define BLOCK 16
#define LAST_BLOCK (sizeof(struct sevl_session_random) - BLOCK)

_Static_assert(sizeof(struct sevl_session_random) == 208, "blocks lie side by side");

/* A source that works gives a d that is refused once in 2^190 times. */
#define D_DRAWS_MAX 3

static bool draw_new_d(struct sevl_session_random *drawn, uint8_t refused[SEVL_P384_SIZE],
                       const struct sevl_random *random)
{
    memcpy(refused, drawn->d, SEVL_P384_SIZE);
    if (!random->draw(random->context, drawn->d, SEVL_P384_SIZE))
        return false;
    return !sevl_constant_time_equal(refused, drawn->d, SEVL_P384_SIZE);
}

/*
 * As what a source gives that is stuck, or has a period: then the last block comes before, at any
 * place. Of d the two upper blocks may be equal, as those of a small number are.
 */
static bool repeats_itself(const uint8_t *blocks)
{
    const uint8_t *last = blocks + LAST_BLOCK;
    unsigned equal = 0;
    for (size_t at = 0; at < LAST_BLOCK; at++)
        equal |= sevl_constant_time_equal(blocks + at, last, BLOCK);
    for (size_t i = (size_t)2 * BLOCK; i < LAST_BLOCK; i += BLOCK)
        for (size_t j = 0; j < i; j += BLOCK)
            equal |= sevl_constant_time_equal(blocks + i, blocks + j, BLOCK);
    return equal != 0;
}

/* Zeros come first, which repeat where a fault of the CPU leaves the draw out. */
enum sevl_result sevl_session_random_draw(struct sevl_session_random *drawn,
                                          uint8_t refused[SEVL_P384_SIZE],
                                          const struct sevl_random *random)
{
    memset(drawn, 0, sizeof *drawn);
    if (!random->draw(random->context, (uint8_t *)drawn, sizeof *drawn))
        return SEVL_ERROR_RANDOM;
    for (int draws = 1; !sevl_p384_is_private_key(drawn->d); draws++)
        if (draws == D_DRAWS_MAX || !draw_new_d(drawn, refused, random))
            return SEVL_ERROR_RANDOM;
    return repeats_itself((const uint8_t *)drawn) ? SEVL_ERROR_RANDOM : SEVL_OK;
}
