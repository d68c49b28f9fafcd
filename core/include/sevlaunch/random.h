/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where random bytes come from. See sevlaunch.h for the conventions. */
#ifndef SEVLAUNCH_RANDOM_H
#define SEVLAUNCH_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A source of bytes that nobody can predict: that of a platform, made for keys. `draw` fills all
 * `size` bytes and returns true, or returns false; it gets `context` as it stands here.
 */
struct sevl_random {
    bool (*draw)(void *context, uint8_t *bytes, size_t size);
    void *context;
};

#endif
