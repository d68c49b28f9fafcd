/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What goes wrong in the platform, and when: one fault at one call. The functions of
 * port.h are wrapped; they call the platform in memory.
 */
#ifndef SEVLAUNCH_FAULT_PLAN_H
#define SEVLAUNCH_FAULT_PLAN_H

#include "memory_port/memory.h"

enum call {
    CALL_OPEN,
    CALL_READ,
    CALL_OUT,
    CALL_ERR,
    CALL_CREATE,
    CALL_WRITE,
    CALL_COMMIT,
    CALL_RANDOM,
    CALL_TIME,
    CALL_NEXT,
    CALL_REPORT
};

enum fault {
    FAULT_NONE,
    /* Failures; the contract allows all but a few. */
    FAILS,
    FAILS_EVER_SINCE, /* and in every later call of any kind */
    FAILS_ONCE,       /* a read; the next one continues */
    FAILS_DONE,       /* although the call did all that was requested */
    FAILS_HALF_DONE,
    /* Short reads, which the contract allows. */
    READS_ONE_LESS,
    READS_ONE,
    /* Not the file's content, in a way that no platform can see. */
    ENDS,
    ENDS_ONCE, /* and continues after that */
    SHRINKS,   /* by a byte of this read, and all bytes after it */
    GROWS,     /* by a byte at the end */
    SKIPS,
    FLIPS_FIRST,
    FLIPS_MIDDLE,
    FLIPS_LAST,
    OPENS_ANOTHER,
    READS_NOTHING, /* but reports so many bytes */
    /* Lies that the command can see. */
    COUNTS_ONE_MORE, /* than requested */
    COUNTS_ALL,      /* SIZE_MAX */
    FILLS_ZERO,
    FILLS_CONSTANT,
    FILLS_NOTHING,
    /* Lies that it cannot see. */
    DOES_NOTHING,
    DOES_HALF,
    FAULTS
};

/* Returns true if a call of that kind can have this fault. */
bool plan_applies(enum fault fault, enum call call);

/* Begins a run in which the n-th call has the fault; 0 for FAULT_NONE. */
#define PLAN_FILES_MAX 12
void plan_start(const struct memory_file *files, size_t count, unsigned n, enum fault fault);

/* Return the count of calls, and the kind of the n-th. */
#define CALLS_MAX 512
unsigned plan_calls(void);
enum call plan_call(unsigned n);

/* Returns the time that the application got, in seconds since 1970; 0: none. */
uint64_t plan_time(void);

/* What the application got of a file, whatever the file holds; NULL if it was not opened. */
struct delivery {
    bool is_opened;
    size_t size; /* 0 also if it would not fit */
    uint8_t bytes[12288];
};
const struct delivery *plan_delivery(const char *name);

#endif
