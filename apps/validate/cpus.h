/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the options say of the guest's CPUs. */
#ifndef SEVLAUNCH_CPUS_H
#define SEVLAUNCH_CPUS_H

#include "request.h"

/*
 * Reads them into a request. Returns false after an error line when they do not fit each
 * other, whatever the policy is: sevl_sev_guest_is_valid() holds of what they give.
 */
PORT_CHECK bool cpus_read(struct request *request, struct console *console,
                          const struct options *options);

/* Whether nothing is missing for SEV-ES; false after an error line. */
PORT_CHECK bool cpus_check(const struct request *request, struct console *console);

#endif
