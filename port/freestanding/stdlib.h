/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mbed TLS includes it. Nothing is allocated, so what it would free is nothing. */
#ifndef SEVLAUNCH_STDLIB_H
#define SEVLAUNCH_STDLIB_H

static inline void free(void *memory)
{
    (void)memory;
}

#endif
