/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How certificates name the algorithm of their signatures. */
#ifndef SEVLAUNCH_X509_PSS_H
#define SEVLAUNCH_X509_PSS_H

#include "x509/der.h"

/*
 * Takes an AlgorithmIdentifier (RFC 4055) of RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a
 * salt of 48 bytes, with the trailer field or, since its value is the default, without it.
 * `element` is all of it. Returns false, with `from` in any state, for anything else.
 */
bool sevl_pss_take(struct sevl_der *from, struct sevl_der *element);

#endif
