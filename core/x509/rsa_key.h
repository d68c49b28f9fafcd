/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Public RSA keys, as certificates have them. */
#ifndef SEVLAUNCH_RSA_KEY_H
#define SEVLAUNCH_RSA_KEY_H

#include "x509/der.h"

/*
 * Takes a SubjectPublicKeyInfo (RFC 3279, section 2.3.1) with a key of 4096 bits whose
 * exponent is 65537: `modulus` is its 512 bytes. Returns false, with `from` in any state, if it
 * does not begin with one.
 */
bool sevl_rsa_key_take(struct sevl_der *from, struct sevl_der *modulus);

#endif
