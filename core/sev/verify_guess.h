/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_VERIFY_GUESS_H
#define SEVLAUNCH_VERIFY_GUESS_H

#include "crypto/hmac.h"
#include "sevlaunch/sev/measurement.h"

/* The SHA-256 blocks that it hashes: two of the message after the key, one of its hash. */
#define SEVL_GUESS_BLOCKS 3

/*
 * What sevl_measurement_verify() finds out, with one computation and the pads of a TIK:
 * for guesses, whose answer lets nobody in.
 * Returns SEVL_MATCH, SEVL_MISMATCH, or what sevl_hmac_prepared() returns.
 */
SEVL_CHECK enum sevl_result
sevl_measurement_verify_guess(const struct sevl_hmac_pads *tik, const struct sevl_launch *launch,
                              const uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE],
                              const struct sevl_measurement *reported);

#endif
