/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A test of the machine and of the build. See sevlaunch.h for the conventions. */
#ifndef SEVLAUNCH_SELF_TEST_H
#define SEVLAUNCH_SELF_TEST_H

#include "../result.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Validates launches whose answers are known, in the machine that it runs on:
 * each must match, and must not once a bit of it is changed. It shows a compiler
 * or a hash unit that computes wrong. Takes about 9 KiB of hashing.
 *
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO when any answer was another.
 */
SEVL_CHECK enum sevl_result sevl_self_test(void);

#ifdef __cplusplus
}
#endif

#endif
