/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The extensions of AMD's certificates: see sevlaunch/snp/certificate.h. */
#ifndef SEVLAUNCH_SNP_EXTENSIONS_H
#define SEVLAUNCH_SNP_EXTENSIONS_H

#include "sevlaunch/snp/certificate.h"
#include "x509/der.h"

/*
 * Reads all extensions into a certificate whose kind and product are known. Returns whether
 * they are those of its kind.
 */
bool sevl_snp_extensions_read(struct sevl_snp_certificate *certificate, struct sevl_der extensions);

#endif
