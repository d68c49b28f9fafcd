/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One run of the command on a platform with one fault. It has a stack of its own, which is
 * then searched for keys, with its buffer and all static data. Builds without optimisation
 * keep copies of keys: see test_wipe.c.
 */
#ifndef SEVLAUNCH_FAULTS_RUN_H
#define SEVLAUNCH_FAULTS_RUN_H

#include "cases.h"
#include "fault_plan.h"
#include "validate.h"

struct run {
    const struct run_case *run_case;
    enum wrong wrong;
    const struct scenario *scenario; /* made from both */
    unsigned n;                      /* the call that has the fault; 0: none */
    enum fault fault;
    enum call call;     /* its kind */
    enum cli_code code; /* in the end */
};

/* Makes the launch of a case, for the runs that follow. */
void run_begin(const struct run_case *run_case, enum wrong wrong);

/* Requires that the TIK is found in each memory that is searched, when it is there. */
void run_check_search(void);

/* Runs the command once, and requires that no key is left. */
const struct run *run_once(unsigned n, enum fault fault, enum call call);

/* Returns the count of runs. */
unsigned long run_count(void);

#endif
