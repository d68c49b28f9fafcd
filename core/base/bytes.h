/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Numbers in the byte order of all that is measured: least significant byte first. */
#ifndef SEVLAUNCH_BYTES_H
#define SEVLAUNCH_BYTES_H

#include <stdint.h>

static inline void sevl_put16(uint8_t *bytes, uint16_t number)
{
    bytes[0] = (uint8_t)number;
    bytes[1] = (uint8_t)(number >> 8);
}

static inline void sevl_put32(uint8_t *bytes, uint32_t number)
{
    sevl_put16(bytes, (uint16_t)number);
    sevl_put16(bytes + 2, (uint16_t)(number >> 16));
}

static inline uint16_t sevl_get16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static inline uint32_t sevl_get32(const uint8_t *bytes)
{
    return sevl_get16(bytes) | (uint32_t)sevl_get16(bytes + 2) << 16;
}

static inline uint64_t sevl_get64(const uint8_t *bytes)
{
    return sevl_get32(bytes) | (uint64_t)sevl_get32(bytes + 4) << 32;
}

#endif
