/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis that found nothing means, in words. */
#ifndef SEVLAUNCH_RULED_OUT_H
#define SEVLAUNCH_RULED_OUT_H

#include <sevlaunch/sev/diagnose.h>

/*
 * Prints one line: all that was tried, what was not tried as it takes too long, and what
 * cannot be tried.
 */
void ruled_out_print(const struct sevl_reference_values *reference,
                     const struct sevl_findings *findings);

#endif
