/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Do the functions of memory do what a loop over bytes does, at every alignment, for every
 * size, and where they overlap? Prints which does not.
 */
#include <stdint.h>
#include <string.h>

#include "assembly.h"

#define AREA 64
#define SIZE_MAX_TESTED 24

static _Alignas(4) uint8_t memory[AREA];
static _Alignas(4) uint8_t other[AREA];

static void number_bytes(void)
{
    for (size_t i = 0; i < AREA; i++) {
        memory[i] = (uint8_t)(i + 1);
        other[i] = (uint8_t)(200 - i);
    }
}

/* What `memory` holds at `i` after bytes from `source` were put at `to`. */
static uint8_t expected(size_t i, size_t to, size_t size, const uint8_t *source)
{
    return i >= to && i < to + size ? source[i - to] : (uint8_t)(i + 1);
}

static bool holds(size_t to, size_t size, const uint8_t *source)
{
    for (size_t i = 0; i < AREA; i++)
        if (memory[i] != expected(i, to, size, source))
            return false;
    return true;
}

static bool copies(size_t to, size_t from, size_t size)
{
    number_bytes();
    return memcpy(memory + to, other + from, size) == memory + to && holds(to, size, other + from);
}

static bool moves(size_t to, size_t from, size_t size)
{
    uint8_t before[AREA];
    number_bytes();
    for (size_t i = 0; i < AREA; i++)
        before[i] = memory[i];
    return memmove(memory + to, memory + from, size) == memory + to &&
           holds(to, size, before + from);
}

static bool sets(size_t to, int value, size_t size)
{
    uint8_t bytes[AREA];
    number_bytes();
    for (size_t i = 0; i < AREA; i++)
        bytes[i] = (uint8_t)value;
    return memset(memory + to, value, size) == memory + to && holds(to, size, bytes);
}

/* Turns a byte around by what an `int8_t` may not hold. */
static void turn(uint8_t *byte)
{
    *byte = (uint8_t)(*byte ^ 0x80);
}

/* Areas that are equal; then the first is greater at one place, and less at the last one. */
static bool compares(size_t to, size_t from, size_t size)
{
    number_bytes();
    memcpy(other + from, memory + to, size);
    if (memcmp(memory + to, other + from, size) != 0)
        return false;
    for (size_t i = 0; i < size; i++) {
        uint8_t *last = i + 1 < size ? &other[from + size - 1] : &other[from];
        turn(&memory[to + i]);
        if (i + 1 < size)
            turn(last);
        if (memcmp(memory + to, other + from, size) <= 0 ||
            memcmp(other + from, memory + to, size) >= 0)
            return false;
        turn(&memory[to + i]);
        if (i + 1 < size)
            turn(last);
    }
    return true;
}

static int check(size_t to, size_t from, size_t size)
{
    if (!copies(to, from, size))
        return REFUSE("memcpy() copies otherwise");
    if (!moves(to, from, size))
        return REFUSE("memmove() moves otherwise");
    if (!sets(to, (int)(0x100 * from + 7 * size + to), size))
        return REFUSE("memset() sets otherwise");
    if (!compares(to, from, size))
        return REFUSE("memcmp() compares otherwise");
    return 0;
}

int app_main(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    for (size_t size = 0; size <= SIZE_MAX_TESTED; size++)
        for (size_t at = 0; at < 32 * 32; at++)
            if (check(at % 32, at / 32, size) != 0)
                return 1;
    return 0;
}
