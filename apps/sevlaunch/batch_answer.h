/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A verdict on one line of --batch, as one line of JSON. */
#ifndef SEVLAUNCH_BATCH_ANSWER_H
#define SEVLAUNCH_BATCH_ANSWER_H

#include "batch_line.h"
#include "verify_checks.h"

/*
 * Prints a verdict: every check that failed, and the names of those not made. With `tells_key`, the
 * key that was verified here, too. Returns false if it was lost.
 */
PORT_CHECK bool batch_answer_print(const struct batch_line *line,
                                   const struct verify_evidence *evidence, bool is_good,
                                   bool tells_key);

/*
 * Prints that there is no verdict. `number` is that of the line, from 1 on; the reason is texts to
 * be joined, which a NULL follows. Returns false if it was lost.
 */
PORT_CHECK bool batch_answer_print_error(const struct batch_line *line, uint64_t number,
                                         const char *const reason[]);

#endif
