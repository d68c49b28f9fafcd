/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a file looks like that holds no certificate of a platform, so that an error can say so. */
#ifndef SEVLAUNCH_PLATFORM_LOOKS_H
#define SEVLAUNCH_PLATFORM_LOOKS_H

#include <stddef.h>
#include <stdint.h>

/*
 * Words that follow "is": "of 128 bytes, as ...". The bytes were decoded; a size
 * of 0 stands for a text that could not be.
 */
const char *platform_looks_like(const uint8_t *bytes, size_t size);

#endif
