/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis means, in words. */
#ifndef SEVLAUNCH_HINTS_H
#define SEVLAUNCH_HINTS_H

#include <sevlaunch/sev/diagnose.h>

#include "cli/console.h"

/* Unless quiet, prints one line: what would have matched, or all that was tried. */
void hints_print(const struct cli_console *console, const struct sevl_reference_values *reference,
                 const struct sevl_findings *findings);

/* The name of a mistake, for programs. */
const char *hints_name(enum sevl_mistake mistake);

#endif
