/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Numbers that look random, and are the same in every run. */
#ifndef SEVLAUNCH_INTEROP_SEEDED_H
#define SEVLAUNCH_INTEROP_SEEDED_H

#include <stddef.h>
#include <stdint.h>

#define SEED UINT64_C(56860)

/* splitmix64 */
static inline uint64_t seeded_next(void)
{
    static uint64_t state = SEED;
    uint64_t word = state += UINT64_C(0x9e3779b97f4a7c15);
    word = (word ^ word >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ word >> 27) * UINT64_C(0x94d049bb133111eb);
    return word ^ word >> 31;
}

static inline size_t seeded_below(size_t end)
{
    return (size_t)(seeded_next() % end);
}

static inline void seeded_fill(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)seeded_next();
}

static inline void seeded_flip(uint8_t *bytes, size_t size)
{
    size_t bit = seeded_below(8 * size);
    bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
}

#endif
