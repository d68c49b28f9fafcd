/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * From a root key that is pinned to the key that signs a chip's reports: ARK, then ASK or
 * ASVK, then VCEK or VLEK, each certificate signed by the key before (AMD 57230). One buffer
 * can take each certificate in turn: what is verified is copied out of it.
 *
 * No clock is asked: each result tells when it and all above it are valid. See sevlaunch.h
 * for the conventions.
 */
#ifndef SEVLAUNCH_SNP_CHAIN_H
#define SEVLAUNCH_SNP_CHAIN_H

#include "../sha384.h"
#include "certificate.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The memory that a verification works in; only the library looks inside. */
struct sevl_snp_chain_memory {
    uint64_t opaque[321];
};

/* Who vouches for the key of an authority. */
enum sevl_snp_trust {
    SEVL_SNP_TRUST_PIN = 1, /* it is AMD's: its fingerprint is in this library */
    SEVL_SNP_TRUST_OWN_PIN, /* it is a root whose fingerprint the caller gave */
    SEVL_SNP_TRUST_CRL,     /* it is not pinned, and not on a revocation list in date */
    SEVL_SNP_TRUST_ALLOWED  /* it is not pinned, and the caller takes it so */
};

/* An authority whose key is trusted. */
struct sevl_snp_authority {
    enum sevl_snp_certificate_kind kind; /* ARK, ASK or ASVK */
    enum sevl_snp_product product;
    enum sevl_snp_trust trust;
    struct sevl_snp_validity validity; /* of its certificate and its issuer's */
    uint8_t key[SEVL_RSA_KEY_SIZE];
};

/* The key of a chip, or of a cloud provider, at one TCB: all that its reports are verified by. */
struct sevl_snp_key {
    enum sevl_snp_certificate_kind kind; /* VCEK or VLEK */
    enum sevl_snp_product product;
    struct sevl_snp_validity validity; /* of its certificate and all above it */
    struct sevl_snp_tcb tcb;
    uint8_t key[SEVL_P384_KEY_SIZE];
    uint8_t id_size; /* in bytes */
    uint8_t id[64];  /* VCEK: the chip's; VLEK: the cloud provider's, a text */
};

/* The SHA-384 of a certificate's SubjectPublicKeyInfo, by which keys are pinned. */
struct sevl_snp_fingerprint {
    uint8_t sha384[SEVL_SHA384_SIZE];
};

/* Root keys that are trusted beside those of AMD that the library knows. */
struct sevl_snp_pins {
    const struct sevl_snp_fingerprint *roots;
    size_t count;
};

/*
 * Computes the fingerprint of a certificate's key.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result
sevl_snp_fingerprint_compute(struct sevl_snp_fingerprint *fingerprint,
                             const struct sevl_snp_certificate *certificate);

/* Whether this is the fingerprint of AMD's key of that kind and product: a pin. */
bool sevl_snp_is_pinned(const struct sevl_snp_fingerprint *fingerprint,
                        enum sevl_snp_certificate_kind kind, enum sevl_snp_product product);

/* Whether this is the fingerprint of a key that AMD revoked: its first ASK of Genoa. */
bool sevl_snp_is_revoked(const struct sevl_snp_fingerprint *fingerprint);

/*
 * Verifies a root: its key is AMD's for its product, or is one of `pins`, which may be NULL,
 * and it signed its own certificate.
 * Returns SEVL_MATCH; SEVL_MISMATCH if it did not sign it; SEVL_ERROR_STATE if the
 * certificate is no ARK; SEVL_UNTRUSTED if its key is not pinned; SEVL_ERROR_ENCODING if its
 * modulus cannot be one; or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_snp_root_verify(struct sevl_snp_authority *root,
                                                 const struct sevl_snp_certificate *certificate,
                                                 const struct sevl_snp_pins *pins,
                                                 struct sevl_snp_chain_memory *memory);

/*
 * Verifies that a root signed a revocation list, and keeps the result as its `verdict`.
 * Returns SEVL_MATCH; SEVL_MISMATCH if it did not; SEVL_ERROR_STATE if `root` is no ARK, or
 * the list is that of another product; or as sevl_snp_root_verify() does.
 */
SEVL_CHECK enum sevl_result sevl_snp_crl_verify(struct sevl_snp_crl *crl,
                                                const struct sevl_snp_authority *root,
                                                struct sevl_snp_chain_memory *memory);

/* What else decides about an intermediate. */
struct sevl_snp_revocation {
    const struct sevl_snp_crl *crl; /* of the same root, which verified it; or NULL */
    bool has_time;
    uint64_t time;        /* seconds since 1970, UTC: a list vouches for keys at this time alone */
    bool allows_unpinned; /* take a key for which nobody vouches */
};

/*
 * Verifies an ASK or ASVK: the root signed it, and its key is AMD's for its product, or a
 * revocation list in date does not name it, or `revocation` allows it. One that a list
 * names, in date or not, and AMD's first ASK of Genoa, are revoked.
 * Returns SEVL_MATCH; SEVL_MISMATCH if the root did not sign it; SEVL_ERROR_STATE if `root` is
 * no ARK, the certificate is no ASK or ASVK, or is of another product, or the list was not
 * verified or is of another product; SEVL_REVOKED; SEVL_UNTRUSTED if nobody vouches for its
 * key; or as sevl_snp_root_verify() does.
 */
SEVL_CHECK enum sevl_result sevl_snp_intermediate_verify(
    struct sevl_snp_authority *intermediate, const struct sevl_snp_authority *root,
    const struct sevl_snp_certificate *certificate, const struct sevl_snp_revocation *revocation,
    struct sevl_snp_chain_memory *memory);

/*
 * Verifies that an ASK signed a VCEK, or an ASVK a VLEK.
 * Returns SEVL_MATCH; SEVL_MISMATCH if it did not; SEVL_ERROR_STATE if the kinds or products
 * do not fit; or as sevl_snp_root_verify() does.
 */
SEVL_CHECK enum sevl_result sevl_snp_leaf_verify(struct sevl_snp_key *key,
                                                 const struct sevl_snp_authority *intermediate,
                                                 const struct sevl_snp_certificate *certificate,
                                                 struct sevl_snp_chain_memory *memory);

#ifdef __cplusplus
}
#endif

#endif
