/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_VERIFY_ONCE_H
#define SEVLAUNCH_VERIFY_ONCE_H

#include "sevlaunch/sev/measurement.h"

/*
 * One of the two computations of sevl_measurement_verify(), and what it returns: apart, so
 * that tests can call one alone.
 */
SEVL_CHECK enum sevl_result
sevl_measurement_verify_once(const uint8_t tik[SEVL_TIK_SIZE], const struct sevl_launch *launch,
                             const uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE],
                             const struct sevl_measurement *reported);

#endif
