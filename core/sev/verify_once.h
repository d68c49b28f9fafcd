/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_VERIFY_ONCE_H
#define SEVLAUNCH_VERIFY_ONCE_H

#include "sevlaunch/sev/measurement.h"

/*
 * What sevl_measurement_verify() does, and returns, with one computation: for guesses, whose answer
 * gives nobody a key.
 */
SEVL_CHECK enum sevl_result
sevl_measurement_verify_once(const uint8_t tik[SEVL_TIK_SIZE], const struct sevl_launch *launch,
                             const uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE],
                             const struct sevl_measurement *reported);

#endif
