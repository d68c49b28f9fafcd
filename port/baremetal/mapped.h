/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A region of the address space as a byte source: firmware in flash or RAM.
 * Its name is mem:START+SIZE, both hexadecimal after 0x, for example
 * mem:0x21000000+0x400000.
 */
#ifndef SEVLAUNCH_MAPPED_H
#define SEVLAUNCH_MAPPED_H

#include <stdbool.h>
#include <stddef.h>

struct mapped {
    const unsigned char *next;
    size_t left;
};

/* Returns true if a name is meant as that of a region, well formed or not. */
bool mapped_is_name(const char *name);

/*
 * Reads a region's name. Returns NULL with the region at its first byte. Returns the
 * reason if the name has another form, or if the region passes the last address. It does
 * not check that there is memory: a read where there is none faults.
 */
const char *mapped_open(struct mapped *mapped, const char *name);

/* Copies the next bytes, up to `size` of them; returns their count, 0 at the end. */
size_t mapped_read(struct mapped *mapped, void *buffer, size_t size);

#endif
