/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_CONSTANT_TIME_H
#define SEVLAUNCH_CONSTANT_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sevlaunch/result.h"

/* Whether `size` bytes are equal, in a time that depends on none of them. */
SEVL_CHECK bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size);

#endif
