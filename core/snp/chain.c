/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/chain.h"

#include <string.h>

#include "base/compiler.h"
#include "crypto/constant_time.h"
#include "crypto/rsa_pss.h"
#include "snp/hash.h"

_Static_assert(sizeof(struct sevl_rsa_pss) <= sizeof(struct sevl_snp_chain_memory),
               "a verification of RSA has room");
_Static_assert(_Alignof(struct sevl_rsa_pss) <= _Alignof(struct sevl_snp_chain_memory),
               "a verification of RSA is aligned");

enum sevl_result sevl_snp_fingerprint_compute(struct sevl_snp_fingerprint *fingerprint,
                                              const struct sevl_snp_certificate *certificate)
{
    struct sevl_sha384 stream;
    return sevl_snp_hash(&stream, certificate->key_info.bytes, certificate->key_info.size,
                         fingerprint->sha384);
}

static enum sevl_result verify_signed(const struct sevl_snp_signed *sign,
                                      const uint8_t key[SEVL_RSA_KEY_SIZE],
                                      struct sevl_snp_chain_memory *memory)
{
    uint8_t sha384[SEVL_SHA384_SIZE];
    void *const work = memory->opaque;
    const struct sevl_rsa_keys keys = sevl_rsa_4096();
    enum sevl_result result = sevl_snp_hash(work, sign->message.bytes, sign->message.size, sha384);
    if (result != SEVL_OK)
        return result;
    return sevl_rsa_pss_verify(work, &keys, key, sha384, sign->signature);
}

/* The times at which both are valid. */
static SEVL_NOINLINE void set_validity(struct sevl_snp_validity *validity,
                                       const struct sevl_snp_validity *own,
                                       const struct sevl_snp_validity *issuer)
{
    validity->first = own->first < issuer->first ? issuer->first : own->first;
    validity->last = own->last > issuer->last ? issuer->last : own->last;
}

static SEVL_NOINLINE void copy_authority(struct sevl_snp_authority *authority,
                                         const struct sevl_snp_certificate *certificate,
                                         enum sevl_snp_trust trust,
                                         const struct sevl_snp_validity *issuer)
{
    authority->kind = certificate->kind;
    authority->product = certificate->product;
    authority->trust = trust;
    set_validity(&authority->validity, &certificate->validity, issuer);
    memcpy(authority->key, certificate->key, sizeof authority->key);
}

static bool is_own_pin(const struct sevl_snp_pins *pins,
                       const struct sevl_snp_fingerprint *fingerprint)
{
    for (size_t i = 0; pins != NULL && i < pins->count; i++)
        if (sevl_constant_time_equal(pins->roots[i].sha384, fingerprint->sha384,
                                     sizeof fingerprint->sha384))
            return true;
    return false;
}

/* Returns SEVL_OK with who vouches for a root. */
static enum sevl_result find_root_trust(const struct sevl_snp_certificate *certificate,
                                        const struct sevl_snp_pins *pins,
                                        enum sevl_snp_trust *trust)
{
    struct sevl_snp_fingerprint fingerprint;
    enum sevl_result result = sevl_snp_fingerprint_compute(&fingerprint, certificate);
    if (result != SEVL_OK)
        return result;
    *trust = SEVL_SNP_TRUST_PIN;
    if (sevl_snp_is_pinned(&fingerprint, SEVL_SNP_ARK, certificate->product))
        return SEVL_OK;
    *trust = SEVL_SNP_TRUST_OWN_PIN;
    return is_own_pin(pins, &fingerprint) ? SEVL_OK : SEVL_UNTRUSTED;
}

enum sevl_result sevl_snp_root_verify(struct sevl_snp_authority *root,
                                      const struct sevl_snp_certificate *certificate,
                                      const struct sevl_snp_pins *pins,
                                      struct sevl_snp_chain_memory *memory)
{
    enum sevl_snp_trust trust;
    memset(root, 0, sizeof *root);
    if (certificate->kind != SEVL_SNP_ARK)
        return SEVL_ERROR_STATE;
    enum sevl_result result = find_root_trust(certificate, pins, &trust);
    if (result != SEVL_OK)
        return result;
    enum sevl_result verdict = verify_signed(&certificate->sign, certificate->key, memory);
    if (verdict == SEVL_MATCH)
        copy_authority(root, certificate, trust, &certificate->validity);
    return verdict;
}

enum sevl_result sevl_snp_crl_verify(struct sevl_snp_crl *crl,
                                     const struct sevl_snp_authority *root,
                                     struct sevl_snp_chain_memory *memory)
{
    crl->verdict = SEVL_ERROR_STATE;
    if (root->kind == SEVL_SNP_ARK && crl->product == root->product)
        crl->verdict = verify_signed(&crl->sign, root->key, memory);
    return crl->verdict;
}

/* Returns SEVL_OK with who vouches for a key that the root signed. */
static enum sevl_result find_trust(const struct sevl_snp_certificate *certificate,
                                   const struct sevl_snp_revocation *revocation,
                                   enum sevl_snp_trust *trust)
{
    struct sevl_snp_fingerprint fingerprint;
    const struct sevl_snp_crl *crl = revocation->crl;
    enum sevl_result result = sevl_snp_fingerprint_compute(&fingerprint, certificate);
    if (result != SEVL_OK)
        return result;
    if (sevl_snp_is_revoked(&fingerprint) ||
        (crl != NULL && sevl_snp_crl_has(crl, certificate->serial)))
        return SEVL_REVOKED;
    *trust = SEVL_SNP_TRUST_PIN;
    if (sevl_snp_is_pinned(&fingerprint, certificate->kind, certificate->product))
        return SEVL_OK;
    *trust = SEVL_SNP_TRUST_CRL;
    if (crl != NULL && revocation->has_time &&
        sevl_snp_is_valid_at(&crl->validity, revocation->time))
        return SEVL_OK;
    *trust = SEVL_SNP_TRUST_ALLOWED;
    return revocation->allows_unpinned ? SEVL_OK : SEVL_UNTRUSTED;
}

static bool is_intermediate_of(const struct sevl_snp_certificate *certificate,
                               const struct sevl_snp_authority *root)
{
    return root->kind == SEVL_SNP_ARK && certificate->product == root->product &&
           (certificate->kind == SEVL_SNP_ASK || certificate->kind == SEVL_SNP_ASVK);
}

static bool is_list_of(const struct sevl_snp_crl *crl, const struct sevl_snp_authority *root)
{
    return crl == NULL || (crl->verdict == SEVL_MATCH && crl->product == root->product);
}

enum sevl_result sevl_snp_intermediate_verify(struct sevl_snp_authority *intermediate,
                                              const struct sevl_snp_authority *root,
                                              const struct sevl_snp_certificate *certificate,
                                              const struct sevl_snp_revocation *revocation,
                                              struct sevl_snp_chain_memory *memory)
{
    enum sevl_snp_trust trust;
    memset(intermediate, 0, sizeof *intermediate);
    if (!is_intermediate_of(certificate, root) || !is_list_of(revocation->crl, root))
        return SEVL_ERROR_STATE;
    enum sevl_result verdict = verify_signed(&certificate->sign, root->key, memory);
    if (verdict != SEVL_MATCH)
        return verdict;
    enum sevl_result result = find_trust(certificate, revocation, &trust);
    if (result != SEVL_OK)
        return result;
    copy_authority(intermediate, certificate, trust, &root->validity);
    return verdict;
}

static bool is_leaf_of(const struct sevl_snp_certificate *certificate,
                       const struct sevl_snp_authority *authority)
{
    if (certificate->product != authority->product)
        return false;
    if (certificate->kind == SEVL_SNP_VCEK)
        return authority->kind == SEVL_SNP_ASK;
    return certificate->kind == SEVL_SNP_VLEK && authority->kind == SEVL_SNP_ASVK;
}

static void copy_leaf(struct sevl_snp_key *key, const struct sevl_snp_certificate *certificate)
{
    const struct sevl_bytes *id =
        certificate->kind == SEVL_SNP_VCEK ? &certificate->hardware : &certificate->provider;
    key->kind = certificate->kind;
    key->product = certificate->product;
    key->tcb = certificate->tcb;
    memcpy(key->key, certificate->key, sizeof key->key);
    memcpy(key->id, id->bytes, id->size); /* at most 64: see snp/extensions.c */
    key->id_size = (uint8_t)id->size;
}

enum sevl_result sevl_snp_leaf_verify(struct sevl_snp_key *key,
                                      const struct sevl_snp_authority *intermediate,
                                      const struct sevl_snp_certificate *certificate,
                                      struct sevl_snp_chain_memory *memory)
{
    memset(key, 0, sizeof *key);
    if (!is_leaf_of(certificate, intermediate))
        return SEVL_ERROR_STATE;
    enum sevl_result verdict = verify_signed(&certificate->sign, intermediate->key, memory);
    if (verdict != SEVL_MATCH)
        return verdict;
    copy_leaf(key, certificate);
    set_validity(&key->validity, &certificate->validity, &intermediate->validity);
    return verdict;
}
