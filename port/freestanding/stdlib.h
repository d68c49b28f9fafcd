/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mbed TLS includes it and calls free(), but nothing is ever allocated. */
#ifndef SEVLAUNCH_STDLIB_H
#define SEVLAUNCH_STDLIB_H

static inline void free(void *memory)
{
    (void)memory;
}

#endif
