/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_HELP_H
#define SEVLAUNCH_HELP_H

#include <stdbool.h>

#include "port.h"

/* Print to standard output, in 80 columns; false when some of it was lost. */
PORT_CHECK bool help_print(void);
PORT_CHECK bool help_print_version(void);

#endif
