/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the fuzz targets share: how they split their input, and how they fail. */
#ifndef SEVLAUNCH_FUZZ_H
#define SEVLAUNCH_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "is_zero.h"
#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The rest of an input; after its end there are zeros. */
struct input {
    const uint8_t *next;
    size_t left;
};

/* Takes `max` bytes, or what is left; returns their count. */
static inline size_t take(struct input *input, void *to, size_t max)
{
    size_t count = max < input->left ? max : input->left;
    if (count > 0)
        memcpy(to, input->next, count);
    input->next += count;
    input->left -= count;
    return count;
}

static inline uint8_t take8(struct input *input)
{
    uint8_t byte = 0;
    (void)take(input, &byte, 1);
    return byte;
}

static inline uint16_t take16(struct input *input)
{
    uint8_t low = take8(input);
    return (uint16_t)(low | take8(input) << 8);
}

static inline uint32_t take32(struct input *input)
{
    uint16_t low = take16(input);
    return low | (uint32_t)take16(input) << 16;
}

/* Copies to the heap, where AddressSanitizer sees an access beside the `size` bytes. Free it. */
static inline void *copy(const void *bytes, size_t size)
{
    void *memory = malloc(size);
    REQUIRE(memory != NULL);
    if (size > 0)
        memcpy(memory, bytes, size);
    return memory;
}

/* The same with a NUL after it. */
static inline char *copy_text(const void *bytes, size_t size)
{
    char *text = malloc(size + 1);
    REQUIRE(text != NULL);
    if (size > 0)
        memcpy(text, bytes, size);
    text[size] = '\0';
    return text;
}

#endif
