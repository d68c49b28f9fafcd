/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_IS_ZERO_H
#define SEVLAUNCH_IS_ZERO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool is_zero(const void *memory, size_t size)
{
    const uint8_t *bytes = memory;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

#endif
