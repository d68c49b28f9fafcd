/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Times in certificates. */
#ifndef SEVLAUNCH_DER_TIME_H
#define SEVLAUNCH_DER_TIME_H

#include "x509/der.h"

/*
 * Takes a time as RFC 5280, section 4.1.2.5, wants it: UTCTime up to 2049, GeneralizedTime
 * from 2050 on, with seconds, in UTC. `time` is in seconds since 1970; what is before is 0.
 * Returns false, with `from` in any state, if it does not begin with one.
 */
bool sevl_time_take(struct sevl_der *from, uint64_t *time);

#endif
