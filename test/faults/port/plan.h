/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What goes wrong in the platform, and when: one fault at one call. The functions of
 * port.h are wrapped; behind them is the platform in memory.
 */
#ifndef SEVLAUNCH_FAULTS_PLAN_H
#define SEVLAUNCH_FAULTS_PLAN_H

#include "port/memory.h"

enum call {
    CALL_OPEN,
    CALL_READ,
    CALL_OUT,
    CALL_ERR,
    CALL_CREATE,
    CALL_WRITE,
    CALL_COMMIT,
    CALL_RANDOM
};

enum fault {
    FAULT_NONE,
    /* Failures, most of which the contract has. */
    FAILS,
    FAILS_EVER_SINCE, /* and every later call of any kind */
    FAILS_ONCE,       /* a read; the next one goes on */
    FAILS_DONE,       /* all that was asked for is done, and yet */
    FAILS_HALF_DONE,
    /* Short reads, as the contract has them. */
    READS_ONE_LESS,
    READS_ONE,
    /* Another content than the file's, in a way that no platform can tell. */
    ENDS,
    ENDS_ONCE, /* and goes on afterwards */
    SHRINKS,   /* by a byte of this read, and all behind it */
    GROWS,     /* by a byte at the end */
    SKIPS,
    FLIPS_FIRST,
    FLIPS_MIDDLE,
    FLIPS_LAST,
    OPENS_ANOTHER,
    READS_NOTHING, /* but says so many bytes */
    /* Lies that can be seen. */
    COUNTS_ONE_MORE, /* than was asked for */
    COUNTS_ALL,      /* SIZE_MAX */
    FILLS_ZERO,
    FILLS_CONSTANT,
    FILLS_NOTHING,
    /* Lies that cannot. */
    DOES_NOTHING,
    DOES_HALF,
    FAULTS
};

/* Whether a call of that kind can go wrong like this. */
bool plan_applies(enum fault fault, enum call call);

/* Begins a run in which the n-th call has the fault; 0 for FAULT_NONE. */
void plan_start(const struct memory_file *files, size_t count, unsigned n, enum fault fault);

/* How many calls there were, and what the n-th was. */
#define CALLS_MAX 512
unsigned plan_calls(void);
enum call plan_call(unsigned n);

/* What the application was given of a file, whatever it holds; NULL where it was not opened. */
struct delivery {
    bool is_opened;
    size_t size; /* 0 too where it would not fit */
    uint8_t bytes[8192];
};
const struct delivery *plan_delivery(const char *name);

#endif
