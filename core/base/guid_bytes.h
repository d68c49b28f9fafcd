/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_CORE_GUID_H
#define SEVLAUNCH_CORE_GUID_H

#include "sevlaunch/guid.h"

/* The GUID d1-d2-d3-d4...d4 with the bytes of the last two groups one by one. */
#define SEVL_GUID(d1, d2, d3, ...)                                                             \
    {                                                                                          \
        {                                                                                      \
            (uint8_t)(d1), (uint8_t)((d1) >> 8), (uint8_t)((d1) >> 16), (uint8_t)((d1) >> 24), \
                (uint8_t)(d2), (uint8_t)((d2) >> 8), (uint8_t)(d3), (uint8_t)((d3) >> 8),      \
                __VA_ARGS__                                                                    \
        }                                                                                      \
    }

#endif
