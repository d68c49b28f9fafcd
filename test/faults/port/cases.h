/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kinds of runs of the command. */
#ifndef SEVLAUNCH_FAULTS_CASES_H
#define SEVLAUNCH_FAULTS_CASES_H

#include "scenario.h"

/* What is wrong with a launch; two bits each, since a fault may change one back. */
enum wrong { WRONG_NOTHING, WRONG_REPORT, WRONG_GUEST, WRONGS };

struct run_case {
    const char *name;
    struct manner manner;
    bool is_es;
    bool has_kernel;
    bool has_hints;
    bool is_unreported; /* no measurement, but a nonce: the command prints values */
    size_t stride;      /* the maximum that one read returns; 0: as much as requested */
    const char *more;   /* one more argument */
    const char *alone;  /* the only argument; there is no launch then */
};

extern const struct run_case cases[];
extern const size_t cases_count;

/* Makes a launch, its files and the arguments for it. */
void case_make(struct scenario *scenario, const struct run_case *run_case, enum wrong wrong);

/* Returns the size of the command's buffer. */
size_t case_buffer_size(const struct run_case *run_case);

#endif
