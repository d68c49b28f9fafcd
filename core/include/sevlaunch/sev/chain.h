/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * From a root key that is pinned to the key with which a platform agrees on keys: ARK, ASK, CEK,
 * then OCA, PEK and PDH (AMD 55766, chapter 2). One buffer can take each certificate in turn:
 * what is verified is copied out of it.
 *
 * Each step takes the result of the step before, and refuses one that was not verified. AMD
 * revokes no CEK, and these certificates have no dates. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SEV_CHAIN_H
#define SEVLAUNCH_SEV_CHAIN_H

#include "certificate.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The memory that a verification works in; only the library looks inside. */
struct sevl_sev_chain_memory {
    uint64_t opaque[321];
};

/* The processors whose authorities are pinned. A certificate does not say which it is for. */
enum sevl_sev_product {
    SEVL_SEV_PRODUCT_OWN, /* none of AMD's: a root that the caller pinned */
    SEVL_SEV_NAPLES,
    SEVL_SEV_ROME,
    SEVL_SEV_MILAN,
    SEVL_SEV_GENOA,
    SEVL_SEV_TURIN
};

/* An authority whose key is trusted. */
struct sevl_sev_authority {
    enum sevl_result verdict;            /* SEVL_MATCH if it was verified */
    enum sevl_sev_certificate_kind kind; /* ARK or ASK */
    enum sevl_sev_product product;
    uint16_t key_size; /* of the key: 256 or 512 bytes */
    uint8_t id[SEVL_SEV_CA_ID_SIZE];
    uint8_t key[SEVL_SEV_RSA_KEY_MAX]; /* the modulus, as certificates have it; zeros follow */
};

/* A key of a platform that was verified. */
struct sevl_sev_key {
    enum sevl_result verdict;            /* SEVL_MATCH if it was verified */
    enum sevl_sev_certificate_kind kind; /* CEK, OCA, PEK or PDH */
    uint8_t key[SEVL_P384_KEY_SIZE];     /* a point of the curve */
};

/* Fingerprints of roots that are trusted beside those of AMD that the library knows. */
struct sevl_sev_pins {
    const struct sevl_sev_fingerprint *roots;
    size_t count;
};

/*
 * Returns the product whose ARK or ASK of AMD's this is the fingerprint of, or
 * SEVL_SEV_PRODUCT_OWN: it is pinned for none.
 */
enum sevl_sev_product sevl_sev_pinned_product(const struct sevl_sev_fingerprint *fingerprint,
                                              enum sevl_sev_certificate_kind kind);

/*
 * All functions below return SEVL_MATCH, with the result filled; and else, with it zeroed,
 *
 * - SEVL_MISMATCH if a signature is not that of the issuer, or the issuer's id is another;
 * - SEVL_UNTRUSTED if all signatures are right, but the fingerprint is none that is pinned;
 * - SEVL_ERROR_ABSENT if there is no signature by a key of the kind that must have signed it;
 * - SEVL_ERROR_ENCODING if what stands in the places for signatures cannot be one of these kinds,
 *   or a key cannot be one: an even modulus, one of fewer bits than its size has, or a point that
 *   is not on the curve;
 * - SEVL_ERROR_STATE if a certificate or an issuer is of another kind than that step takes, or
 *   the issuer was not verified; or
 * - SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */

/*
 * Verifies a root: it is pinned, by the library or by `pins`, which may be NULL, and signed
 * itself. One of SEVL_SEV_CA_SIZE_UNSIGNED bytes, as AMD publishes Naples', has no signature: then
 * the pin alone counts.
 */
SEVL_CHECK enum sevl_result sevl_sev_ark_verify(struct sevl_sev_authority *ark,
                                                const struct sevl_sev_ca_certificate *certificate,
                                                const struct sevl_sev_pins *pins,
                                                struct sevl_sev_chain_memory *memory);

/*
 * Verifies an ASK: the root signed it. Under a root of AMD's it is pinned, too, for the same
 * product: AMD publishes no list of those that it revoked.
 */
SEVL_CHECK enum sevl_result sevl_sev_ask_verify(struct sevl_sev_authority *ask,
                                                const struct sevl_sev_authority *ark,
                                                const struct sevl_sev_ca_certificate *certificate,
                                                struct sevl_sev_chain_memory *memory);

/* Verifies a CEK: the ASK signed it. */
SEVL_CHECK enum sevl_result sevl_sev_cek_verify(struct sevl_sev_key *cek,
                                                const struct sevl_sev_authority *ask,
                                                const struct sevl_sev_certificate *certificate,
                                                struct sevl_sev_chain_memory *memory);

/*
 * Verifies an OCA: it signed itself, which proves nothing; and its fingerprint is `pin`, which
 * may be NULL. Without a pin anyone can be the platform's owner.
 */
SEVL_CHECK enum sevl_result sevl_sev_oca_verify(struct sevl_sev_key *oca,
                                                const struct sevl_sev_certificate *certificate,
                                                const struct sevl_sev_fingerprint *pin,
                                                struct sevl_sev_chain_memory *memory);

/* Verifies a PEK: CEK and OCA signed it, in places of either order. */
SEVL_CHECK enum sevl_result sevl_sev_pek_verify(struct sevl_sev_key *pek,
                                                const struct sevl_sev_key *cek,
                                                const struct sevl_sev_key *oca,
                                                const struct sevl_sev_certificate *certificate,
                                                struct sevl_sev_chain_memory *memory);

/* Verifies a PDH: the PEK signed it. */
SEVL_CHECK enum sevl_result sevl_sev_pdh_verify(struct sevl_sev_key *pdh,
                                                const struct sevl_sev_key *pek,
                                                const struct sevl_sev_certificate *certificate,
                                                struct sevl_sev_chain_memory *memory);

#ifdef __cplusplus
}
#endif

#endif
