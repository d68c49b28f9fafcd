/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The keys of AMD's authorities, by their fingerprints. */
#ifndef SEVLAUNCH_SNP_PINS_H
#define SEVLAUNCH_SNP_PINS_H

#include "sevlaunch/snp/chain.h"

/* Whether this is the fingerprint of AMD's key of that kind and product. */
bool sevl_snp_is_pinned(const struct sevl_snp_fingerprint *fingerprint,
                        enum sevl_snp_certificate_kind kind, enum sevl_snp_product product);

/* Whether this is the fingerprint of a key that AMD revoked. */
bool sevl_snp_is_revoked(const struct sevl_snp_fingerprint *fingerprint);

#endif
