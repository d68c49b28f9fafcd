/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the options say of the guest's CPUs. */
#ifndef SEVLAUNCH_CPUS_H
#define SEVLAUNCH_CPUS_H

#include "request.h"

/* What the options take for an enum sevl_fpu and an enum sevl_vmm; a NULL follows. */
extern const char *const cpus_fpu_words[];
extern const char *const cpus_vmm_words[];

/* Each returns CLI_GO_ON, or CLI_USAGE after an error line. */

/*
 * Reads them into a request. Fails when they do not fit each other, whatever the policy is.
 */
PORT_CHECK enum cli_code cpus_read(struct request *request, const struct cli_console *console);

/*
 * Whether nothing is missing for a policy of SEV-ES, or, where a value to expect is printed,
 * nothing is given in vain for another one: whoever gives CPUs expects them to be in that value.
 */
PORT_CHECK enum cli_code cpus_check(const struct request *request,
                                    const struct cli_console *console, uint32_t policy);

#endif
