/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "session_random.h"

#include <string.h>

#include "crypto/constant_time.h"
#include "crypto/p384_secret.h"

#define BLOCK 16
#define BLOCKS (sizeof(struct sevl_session_random) / BLOCK)
#define BLOCKS_OF_D (SEVL_P384_SIZE / BLOCK)

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

/* A small d is as good as any, and its blocks may be equal. */
static bool has_equal_blocks(const uint8_t *blocks)
{
    unsigned equal = 0;
    for (size_t i = BLOCKS_OF_D; i < BLOCKS; i++)
        for (size_t j = 0; j < i; j++)
            equal |= sevl_constant_time_equal(blocks + BLOCK * i, blocks + BLOCK * j, BLOCK);
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
    return has_equal_blocks((const uint8_t *)drawn) ? SEVL_ERROR_RANDOM : SEVL_OK;
}
