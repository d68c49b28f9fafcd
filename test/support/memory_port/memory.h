/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A platform in memory: sources with given content, recorded sinks and streams, and any
 * call that fails. It checks that applications keep their side of port.h.
 */
#ifndef SEVLAUNCH_MEMORY_PORT_H
#define SEVLAUNCH_MEMORY_PORT_H

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
    size_t stride;         /* the maximum that one read returns; 0: as much as requested */
    unsigned failing_call; /* the n-th call that can fail fails, and all later reads; 0: none */
    uint64_t time;         /* in seconds since 1970; 0: there is no clock */
    uint8_t random;        /* the value that random bytes begin with */
};

/* Begins a run and clears the record. */
void memory_start(struct memory_setting setting);

/* Requires that everything that was begun was ended. */
void memory_check_end(void);

/* Returns true if a call failed, other than one on standard error: then no run may succeed. */
bool memory_has_failed(void);

/* Counts the lines of a stream that begin so. Requires that no line controls a terminal. */
size_t memory_count_lines(enum port_stream stream, const char *start);

struct memory_text {
    const char *text;
    size_t length;
};
struct memory_text memory_printed(enum port_stream stream);

/* The program that is loaded, and starts if the exit code is 0; or NULL. */
const char *memory_next(void);

/* A file. memory_written() returns one that appeared, or NULL. */
struct memory_sink {
    char *name;
    enum { MEMORY_BEGUN, MEMORY_COMMITTED, MEMORY_ABANDONED } state;
    size_t size;
    uint8_t bytes[65536];
};
const struct memory_sink *memory_written(const char *name);

#endif
