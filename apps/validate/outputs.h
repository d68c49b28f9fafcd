/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files that are written: each is one of its own. */
#ifndef SEVLAUNCH_OUTPUTS_H
#define SEVLAUNCH_OUTPUTS_H

#include "options.h"

/*
 * Checks that no file to write is another file that is named, nor what standard output
 * or standard error go to if something is printed there. Secrets must have been checked.
 * Returns false after an error line, before any file is opened.
 */
PORT_CHECK bool outputs_check(struct console *console, const struct options *options);

#endif
