/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kinds of runs that the command has. */
#ifndef SEVLAUNCH_FAULTS_CASES_H
#define SEVLAUNCH_FAULTS_CASES_H

#include "scenario.h"

/* What is wrong with a launch; in two bits each, for a fault may change one back. */
enum wrong { WRONG_NOTHING, WRONG_REPORT, WRONG_GUEST, WRONGS };

struct run_case {
    const char *name;
    struct manner manner;
    bool is_es;
    bool has_kernel;
    bool has_hints;
    bool is_unreported; /* there is no measurement, but a nonce: values are printed */
    size_t stride;      /* the most that one read returns; 0: as much as is wanted */
    const char *more;   /* one more word */
    const char *alone;  /* the only word; no launch is asked about */
};

extern const struct run_case cases[];
extern const size_t cases_count;

/* Makes a launch, its files and the words that ask about it. */
void case_make(struct scenario *scenario, const struct run_case *run_case, enum wrong wrong);

/* The memory that the command gets. */
size_t case_buffer_size(const struct run_case *run_case);

#endif
