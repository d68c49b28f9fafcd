/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_VERIFY_ONCE_H
#define SEVLAUNCH_VERIFY_ONCE_H

#include "sevlaunch/measurement.h"

/*
 * What sevl_verify() does, and returns, with one computation: for guesses, whose answer
 * gives nobody a key.
 */
SEVL_CHECK enum sevl_result sevl_verify_once(const uint8_t tik[SEVL_TIK_SIZE],
                                             const struct sevl_launch *launch,
                                             const uint8_t launch_digest[SEVL_SHA256_SIZE],
                                             const struct sevl_measurement *reported);

#endif
