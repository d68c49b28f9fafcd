/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * AMD's certificates for SEV-SNP and its revocation lists (AMD 57230), as they are read: no
 * signature is checked here, see chain.h. They stay in the caller's memory, of which the
 * structures hold parts. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SNP_CERTIFICATE_H
#define SEVLAUNCH_SNP_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../p384.h"
#include "../result.h"
#include "tcb.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whose key a certificate holds. ARK signs ASK and ASVK, ASK signs VCEK, ASVK signs VLEK. */
enum sevl_snp_certificate_kind {
    SEVL_SNP_ARK = 1, /* AMD's root, which signs itself */
    SEVL_SNP_ASK,     /* AMD's signer of chip keys */
    SEVL_SNP_ASVK,    /* AMD's signer of keys loaded by a cloud provider */
    SEVL_SNP_VCEK,    /* a chip's key at one TCB */
    SEVL_SNP_VLEK     /* a cloud provider's key at one TCB */
};

#define SEVL_RSA_KEY_SIZE 512 /* the modulus of 4096 bits; the exponent is 65537 */
#define SEVL_SNP_SIGNATURE_SIZE 512

/* A part of the bytes that were read. */
struct sevl_bytes {
    const uint8_t *bytes;
    size_t size;
};

/* A signature, and what it is of. */
struct sevl_snp_signed {
    struct sevl_bytes message;
    const uint8_t *signature; /* of SEVL_SNP_SIGNATURE_SIZE bytes */
};

/* From when to when something may be used: seconds since 1970, UTC, both included. */
struct sevl_snp_validity {
    uint64_t first;
    uint64_t last;
};

/* Whether a time, in the same unit, is one of these. */
bool sevl_snp_is_valid_at(const struct sevl_snp_validity *validity, uint64_t time);

struct sevl_snp_certificate {
    enum sevl_snp_certificate_kind kind;
    enum sevl_snp_product product;
    uint32_t serial; /* 0 for VCEK and VLEK */
    struct sevl_snp_validity validity;
    struct sevl_bytes key_info;  /* the SubjectPublicKeyInfo, which pins are hashes of */
    const uint8_t *key;          /* of SEVL_RSA_KEY_SIZE bytes, or of SEVL_P384_KEY_SIZE */
    struct sevl_snp_tcb tcb;     /* VCEK and VLEK */
    struct sevl_bytes hardware;  /* VCEK: the chip's id, 64 bytes, on Turin 8 */
    struct sevl_bytes provider;  /* VLEK: the cloud provider's id, a text of 1 to 64 bytes */
    struct sevl_snp_signed sign; /* by the issuer */
};

/*
 * Reads a certificate in DER.
 * Returns SEVL_OK; or SEVL_ERROR_ENCODING if this is not one of AMD's five kinds for Milan,
 * Genoa or Turin, in exactly the form that AMD gives it: names, algorithms, keys, issuer's
 * name, the extensions that its kind must have, none of these twice, no critical one that
 * is not known here, and nothing after it.
 */
SEVL_CHECK enum sevl_result sevl_snp_certificate_read(struct sevl_snp_certificate *certificate,
                                                      const void *der, size_t size);

/* A revocation list, which names serial numbers of ASK and ASVK. */
struct sevl_snp_crl {
    enum sevl_snp_product product;     /* of the ARK that issued it */
    struct sevl_snp_validity validity; /* from this update to the next one */
    struct sevl_bytes revoked;         /* its entries */
    struct sevl_snp_signed sign;
    enum sevl_result verdict; /* of sevl_snp_crl_verify(); SEVL_ERROR_STATE before that */
};

/*
 * Reads a revocation list in DER. It is not verified.
 * Returns SEVL_OK, or SEVL_ERROR_ENCODING if this is none of an ARK's for Milan, Genoa or
 * Turin, or is one of a part of all certificates.
 */
SEVL_CHECK enum sevl_result sevl_snp_crl_read(struct sevl_snp_crl *crl, const void *der,
                                              size_t size);

/* A certificate that a list names. */
struct sevl_snp_crl_entry {
    uint32_t serial;
    uint64_t time; /* since when it is revoked: seconds since 1970, UTC */
};

/*
 * Takes the first of the entries, which are those of a list that was read, or what is left of
 * them. Returns false, with `entry` in any state, if there is none.
 */
bool sevl_snp_crl_take(struct sevl_bytes *entries, struct sevl_snp_crl_entry *entry);

/* Whether a list names a serial number. */
bool sevl_snp_crl_has(const struct sevl_snp_crl *crl, uint32_t serial);

#ifdef __cplusplus
}
#endif

#endif
