/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * --max-age: how old a revocation list may be. It is the one age that evidence tells: a report
 * has no date, and the date of a certificate is that on which somebody asked AMD for it.
 */
#ifndef SEVLAUNCH_CRL_AGE_H
#define SEVLAUNCH_CRL_AGE_H

#include "key_search.h"

/*
 * Reads the option into a request that knows the time, if one is known.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line: for a value that is none, or if there is
 * no time to compare with.
 */
PORT_CHECK enum cli_code crl_age_read(struct verify_request *request,
                                      const struct cli_console *console);

/* Whether the newest list in date is young enough. Without one, it is not. */
bool crl_age_holds(const struct verify_request *request, const struct key_search *search);

/* When the oldest list that is young enough was issued: seconds since 1970. */
uint64_t crl_age_first(const struct verify_request *request);

#endif
