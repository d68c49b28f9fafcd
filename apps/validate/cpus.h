/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the options say of the guest's CPUs. */
#ifndef SEVLAUNCH_CPUS_H
#define SEVLAUNCH_CPUS_H

#include "request.h"

/* Reads them into a request. Returns false after an error line. */
PORT_CHECK bool cpus_read(struct request *request, struct console *console,
                          const struct options *options);

/* Whether what was read is enough for SEV-ES; false after an error line. */
PORT_CHECK bool cpus_check(const struct request *request, struct console *console);

#endif
