/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The C library of a platform that has none: what the core and Mbed TLS call. */
#ifndef SEVLAUNCH_STRING_H
#define SEVLAUNCH_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *memory, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);

#endif
