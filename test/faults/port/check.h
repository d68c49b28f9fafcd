/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The right answer, whatever goes wrong: a model computes it from the bytes that the command
 * got. The command ends in success with that answer, or with an error; never in another
 * success.
 */
#ifndef SEVLAUNCH_FAULTS_CHECK_H
#define SEVLAUNCH_FAULTS_CHECK_H

#include "run.h"

/* The command's answer if nothing goes wrong. */
struct answer {
    enum cli_code code;
    char *out;
    char *err;
    unsigned calls;
    enum call call[CALLS_MAX];
};

/* Takes the answer of a run without a fault, which must be right. Free it after use. */
void answer_take(struct answer *answer, const struct run *run);
void answer_free(struct answer *answer);

/* Requires that the last run is right. */
void check(const struct run *run, const struct answer *answer);

#endif
