/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Addresses of AMD's key distribution service (AMD 57230), for other programs to get: nothing
 * here opens a connection.
 */
#ifndef SEVLAUNCH_KDS_H
#define SEVLAUNCH_KDS_H

#include <sevlaunch/sev/certificate.h>
#include <sevlaunch/snp/certificate.h>

struct kds_address {
    char text[288];
};

/* Of the VCEK of a chip at a TCB. The id has 64 bytes, of which Turin's use the first 8. */
struct kds_address kds_vcek(enum sevl_snp_product product, const uint8_t *chip_id,
                            const struct sevl_snp_tcb *tcb);

/* Of the certificates above a VCEK or a VLEK: PEM, the intermediate and then the root. */
struct kds_address kds_chain(enum sevl_snp_product product, enum sevl_snp_certificate_kind leaf);

/* Of the CEK of a chip with SEV or SEV-ES: 2084 bytes. */
struct kds_address kds_cek(const uint8_t id[SEVL_SEV_CHIP_ID_SIZE]);

/* Of the revocation list: DER. */
struct kds_address kds_crl(enum sevl_snp_product product);

#endif
