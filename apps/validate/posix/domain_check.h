/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Whether a domain is one whose launch can be validated. */
#ifndef SEVLAUNCH_DOMAIN_CHECK_H
#define SEVLAUNCH_DOMAIN_CHECK_H

#include "domain.h"

/*
 * Checks what ends a run unless it is right, in the order of libvirt's tool, and notes what
 * was checked. Returns CLI_GO_ON, or CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code domain_check(struct domain *domain, const struct cli_console *console,
                                      const struct request *request,
                                      const struct domain_facts *facts);

/* Notes what of the domain differs from what is validated; warns of its policy and its CPUs. */
void domain_compare(struct domain *domain, const struct cli_console *console,
                    const struct request *request, const struct sevl_launch *launch,
                    const struct domain_facts *facts);

#endif
