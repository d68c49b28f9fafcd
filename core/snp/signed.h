/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What AMD's certificates and revocation lists have in common. */
#ifndef SEVLAUNCH_SNP_SIGNED_H
#define SEVLAUNCH_SNP_SIGNED_H

#include "sevlaunch/snp/certificate.h"
#include "x509/der.h"

/*
 * Reads all of a certificate or list: `contents` of what is signed, the algorithm as it
 * stands after it, the signature, and no more. Returns false for anything else.
 */
bool sevl_snp_read_signed(struct sevl_snp_signed *sign, struct sevl_der whole,
                          struct sevl_der *contents, struct sevl_der *algorithm);

#endif
