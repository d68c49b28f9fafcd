/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A platform in memory: sources of given content, sinks and streams that are
 * recorded, any call that fails. It holds applications to their side of port.h.
 */
#ifndef SEVLAUNCH_FUZZ_MEMORY_H
#define SEVLAUNCH_FUZZ_MEMORY_H

#include <stdint.h>

#include "port.h"

struct memory_file {
    const char *name;
    const uint8_t *bytes;
    size_t size;
};

struct memory_setting {
    const struct memory_file *files;
    size_t count;
    size_t stride;         /* the most that one read returns; 0: as much as is wanted */
    unsigned failing_call; /* the n-th call that can fail does, and all reads after it; 0: none */
    uint8_t random;        /* what random bytes begin with */
};

/* Begins a run with nothing recorded. */
void memory_start(struct memory_setting setting);

/* All that was begun was ended. */
void memory_check_end(void);

/* Whether a call failed, complaints excepted: no run may succeed then. */
bool memory_has_failed(void);

/* The lines of a stream that begin so; all of them are text that terminals take as it is. */
size_t memory_count_lines(enum port_stream stream, const char *start);

struct memory_text {
    const char *text;
    size_t length;
};
struct memory_text memory_printed(enum port_stream stream);

/* A file that appeared, or NULL. */
struct memory_sink {
    const char *name;
    enum { MEMORY_BEGUN, MEMORY_COMMITTED, MEMORY_ABANDONED } state;
    size_t size;
    uint8_t bytes[65536];
};
const struct memory_sink *memory_written(const char *name);

#endif
