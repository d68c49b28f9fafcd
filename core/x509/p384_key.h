/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Public keys on P-384, as certificates have them. */
#ifndef SEVLAUNCH_P384_KEY_H
#define SEVLAUNCH_P384_KEY_H

#include "x509/der.h"

/*
 * Takes a SubjectPublicKeyInfo (RFC 5480) with an uncompressed point: `point` is its x and y,
 * of 48 bytes each. Returns false if `from` does not begin with one.
 */
bool sevl_p384_key_take(struct sevl_der *from, struct sevl_der *point);

#endif
