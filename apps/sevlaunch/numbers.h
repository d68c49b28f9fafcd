/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Numbers in binary files, least significant byte first. */
#ifndef SEVLAUNCH_NUMBERS_H
#define SEVLAUNCH_NUMBERS_H

#include <stdint.h>

static inline uint32_t number_get32(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

#endif
