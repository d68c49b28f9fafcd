/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What main.c runs, which is another code in each image. */
#ifndef SEVLAUNCH_TOKEN_EXAMINE_H
#define SEVLAUNCH_TOKEN_EXAMINE_H

#include <stdint.h>

#include "results.h"

/* Returns SEVL_OK, or an error if the token gets an answer wrong that is known. */
SEVL_CHECK enum sevl_result check_token(void);

/*
 * Copies the request and examines it, with no use of what an earlier call left.
 * Returns SEVL_MATCH, SEVL_MISMATCH or a value of enum token_result.
 */
uint32_t examine_request(void);

#endif
