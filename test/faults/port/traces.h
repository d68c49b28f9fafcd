/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What keys and secrets leave in memory when nothing wipes them: these themselves,
 * and what is computed from them that stands for them. Eight bytes in a row count.
 */
#ifndef SEVLAUNCH_FAULTS_TRACES_H
#define SEVLAUNCH_FAULTS_TRACES_H

#include "scenario.h"

/* Begins anew. Of the launch's own keys: what a fault makes of these is not looked for. */
void traces_of(const struct scenario *scenario);

/* The measurement that the owner computed: where it is not reported it would be a forgery. */
void traces_of_measure(const struct scenario *scenario);

/* The name of the first trace in a memory, or NULL. */
const char *traces_find(const void *memory, size_t size);

#endif
