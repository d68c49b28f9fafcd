/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* See sevlaunch.h for the conventions. */
#ifndef SEVLAUNCH_WIPE_H
#define SEVLAUNCH_WIPE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Sets `size` bytes to zero in a way that the compiler may not leave out: for
 * keys, and buffers that held them. `memory` may be NULL when `size` is 0.
 */
void sevl_wipe(void *memory, size_t size);

#ifdef __cplusplus
}
#endif

#endif
