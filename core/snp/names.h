/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Names of AMD's certificates (AMD 57230). */
#ifndef SEVLAUNCH_SNP_NAMES_H
#define SEVLAUNCH_SNP_NAMES_H

#include "sevlaunch/snp/certificate.h"
#include "x509/der.h"

/* What the common name of an issuer or a subject says. */
struct sevl_snp_name {
    enum sevl_snp_certificate_kind kind;
    enum sevl_snp_product product; /* 0 in the name of a VCEK or VLEK */
};

/*
 * Takes a name of AMD's: OU, C, L, ST, O and the common name, in this order. Returns false,
 * with `from` in any state, for anything else.
 */
bool sevl_snp_take_name(struct sevl_der *from, struct sevl_snp_name *name);

/* The name of a product, as it stands in common names. */
struct sevl_der sevl_snp_product_name(enum sevl_snp_product product);

#endif
