/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_SESSION_RANDOM_H
#define SEVLAUNCH_SESSION_RANDOM_H

#include "crypto/p384.h"
#include "sevlaunch/random.h"
#include "sevlaunch/result.h"
#include "sevlaunch/sev/measurement.h"

#define SEVL_SESSION_NONCE_SIZE 16
#define SEVL_SESSION_IV_SIZE 16

/* What a session needs of random bytes, in the order in which they are drawn. */
struct sevl_session_random {
    uint8_t d[SEVL_P384_SIZE]; /* the owner's private key of the agreement */
    uint8_t tek[SEVL_TEK_SIZE];
    uint8_t tik[SEVL_TIK_SIZE];
    uint8_t nonce[SEVL_SESSION_NONCE_SIZE];
    uint8_t iv[SEVL_SESSION_IV_SIZE];
    uint8_t shared_blinding[SEVL_P384_SIZE];
    uint8_t godh_blinding[SEVL_P384_SIZE];
};

/*
 * Draws all in one go, and d again, alone, while it is not in 1 to n - 1. `refused` is memory to
 * work in.
 * Returns SEVL_OK; or SEVL_ERROR_RANDOM, with `drawn` in any state, if `random` failed, if two
 * blocks of 16 bytes are equal, but for d's two upper ones, or the last 16 bytes stand at any
 * place before, or if d is refused too often or comes again. Its time depends on nothing that is
 * kept.
 */
SEVL_CHECK enum sevl_result sevl_session_random_draw(struct sevl_session_random *drawn,
                                                     uint8_t refused[SEVL_P384_SIZE],
                                                     const struct sevl_random *random);

#endif
