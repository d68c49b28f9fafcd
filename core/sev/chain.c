/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/chain.h"

#include <string.h>

#include "base/bytes.h"
#include "base/compiler.h"
#include "crypto/constant_time.h"
#include "crypto/rsa_pss.h"
#include "sev/platform_layout.h"
#include "sev/platform_signature.h"
#include "sev/verified_key.h"

_Static_assert(sizeof(struct sevl_rsa_pss) <= sizeof(struct sevl_sev_chain_memory),
               "a verification of RSA has room for keys of a platform");
_Static_assert(_Alignof(struct sevl_rsa_pss) <= _Alignof(struct sevl_sev_chain_memory),
               "a verification of RSA is aligned for keys of a platform");

static enum sevl_result hash_signed_part(const uint8_t *bytes, size_t size,
                                         struct sevl_sev_fingerprint *fingerprint)
{
    return sevl_rsa_sha384(bytes, size, NULL, 0, fingerprint->sha384);
}

enum sevl_result sevl_sev_ca_fingerprint(struct sevl_sev_fingerprint *fingerprint,
                                         const struct sevl_sev_ca_certificate *certificate)
{
    return hash_signed_part(certificate->bytes, certificate->body_size, fingerprint);
}

enum sevl_result sevl_sev_fingerprint(struct sevl_sev_fingerprint *fingerprint,
                                      const struct sevl_sev_certificate *certificate)
{
    return hash_signed_part(certificate->bytes, SEVL_SEV_CERTIFICATE_BODY_SIZE, fingerprint);
}

static bool is_same_fingerprint(const struct sevl_sev_fingerprint *a,
                                const struct sevl_sev_fingerprint *b)
{
    return sevl_constant_time_equal(a->sha384, b->sha384, sizeof a->sha384);
}

static bool is_verified_authority(const struct sevl_sev_authority *authority,
                                  enum sevl_sev_certificate_kind kind)
{
    return authority->verdict == SEVL_MATCH && authority->kind == kind;
}

/* The highest bit is set, and the lowest one. */
static bool is_modulus(const struct sevl_sev_ca_certificate *certificate)
{
    return (certificate->modulus[certificate->key_size - 1] & 0x80) != 0 &&
           (certificate->modulus[0] & 1) != 0;
}

/* Verifies a signature by RSA, of which, as of the key, the least significant byte comes first. */
static SEVL_NOINLINE enum sevl_result verify_by_rsa(struct sevl_sev_chain_memory *memory,
                                                    size_t key_size, const uint8_t *modulus,
                                                    const uint8_t *bytes, size_t size,
                                                    const uint8_t *signature)
{
    const struct sevl_rsa_keys keys = key_size == 256 ? sevl_rsa_2048() : sevl_rsa_4096();
    void *const opaque = memory->opaque;
    struct sevl_rsa_pss *work = opaque;
    uint8_t hash[SEVL_RSA_HASH_MAX];
    enum sevl_result result = keys.hash(bytes, size, NULL, 0, hash);
    if (result != SEVL_OK)
        return result;
    sevl_sev_turn_number(work->u.given.modulus, modulus, key_size);
    sevl_sev_turn_number(work->u.given.signature, signature, key_size);
    return sevl_rsa_pss_verify(work, &keys, work->u.given.modulus, hash, work->u.given.signature);
}

static enum sevl_result verify_ca_signature(const struct sevl_sev_ca_certificate *certificate,
                                            const uint8_t *modulus,
                                            struct sevl_sev_chain_memory *memory)
{
    return verify_by_rsa(memory, certificate->key_size, modulus, certificate->bytes,
                         certificate->body_size, certificate->signature);
}

static void copy_ca(struct sevl_sev_authority *authority,
                    const struct sevl_sev_ca_certificate *certificate,
                    enum sevl_sev_product product, enum sevl_result verdict)
{
    authority->verdict = verdict;
    authority->kind = certificate->kind;
    authority->product = product;
    authority->key_size = (uint16_t)certificate->key_size;
    memcpy(authority->id, certificate->id, sizeof authority->id);
    memcpy(authority->key, certificate->modulus, certificate->key_size);
}

static bool is_among_pins(const struct sevl_sev_pins *pins,
                          const struct sevl_sev_fingerprint *fingerprint)
{
    for (size_t i = 0; pins != NULL && i < pins->count; i++)
        if (is_same_fingerprint(&pins->roots[i], fingerprint))
            return true;
    return false;
}

/* Returns SEVL_MATCH with the product of a root that is pinned. */
static enum sevl_result find_root(const struct sevl_sev_ca_certificate *certificate,
                                  const struct sevl_sev_pins *pins, enum sevl_sev_product *product)
{
    struct sevl_sev_fingerprint fingerprint;
    enum sevl_result result = sevl_sev_ca_fingerprint(&fingerprint, certificate);
    if (result != SEVL_OK)
        return result;
    *product = sevl_sev_pinned_product(&fingerprint, SEVL_SEV_ARK);
    if (*product != SEVL_SEV_PRODUCT_OWN || is_among_pins(pins, &fingerprint))
        return SEVL_MATCH;
    return SEVL_UNTRUSTED;
}

enum sevl_result sevl_sev_ark_verify(struct sevl_sev_authority *ark,
                                     const struct sevl_sev_ca_certificate *certificate,
                                     const struct sevl_sev_pins *pins,
                                     struct sevl_sev_chain_memory *memory)
{
    enum sevl_sev_product product = SEVL_SEV_PRODUCT_OWN;
    memset(ark, 0, sizeof *ark);
    if (certificate->kind != SEVL_SEV_ARK)
        return SEVL_ERROR_STATE;
    if (!is_modulus(certificate))
        return SEVL_ERROR_ENCODING;
    if (certificate->signature != NULL) {
        enum sevl_result result = verify_ca_signature(certificate, certificate->modulus, memory);
        if (result != SEVL_MATCH)
            return result;
    }
    enum sevl_result verdict = find_root(certificate, pins, &product);
    if (verdict == SEVL_MATCH)
        copy_ca(ark, certificate, product, verdict);
    return verdict;
}

/* Returns SEVL_MATCH if the root vouches for this ASK. */
static enum sevl_result find_intermediate(const struct sevl_sev_ca_certificate *certificate,
                                          enum sevl_sev_product product)
{
    struct sevl_sev_fingerprint fingerprint;
    enum sevl_result result = sevl_sev_ca_fingerprint(&fingerprint, certificate);
    if (result != SEVL_OK)
        return result;
    if (product == SEVL_SEV_PRODUCT_OWN ||
        sevl_sev_pinned_product(&fingerprint, SEVL_SEV_ASK) == product)
        return SEVL_MATCH;
    return SEVL_UNTRUSTED;
}

static bool is_issued_by(const struct sevl_sev_ca_certificate *certificate,
                         const struct sevl_sev_authority *ark)
{
    return certificate->key_size == ark->key_size &&
           sevl_constant_time_equal(certificate->issuer_id, ark->id, sizeof ark->id);
}

enum sevl_result sevl_sev_ask_verify(struct sevl_sev_authority *ask,
                                     const struct sevl_sev_authority *ark,
                                     const struct sevl_sev_ca_certificate *certificate,
                                     struct sevl_sev_chain_memory *memory)
{
    memset(ask, 0, sizeof *ask);
    if (certificate->kind != SEVL_SEV_ASK || !is_verified_authority(ark, SEVL_SEV_ARK))
        return SEVL_ERROR_STATE;
    if (!is_modulus(certificate))
        return SEVL_ERROR_ENCODING;
    if (!is_issued_by(certificate, ark))
        return SEVL_MISMATCH;
    enum sevl_result result = verify_ca_signature(certificate, ark->key, memory);
    if (result != SEVL_MATCH)
        return result;
    enum sevl_result verdict = find_intermediate(certificate, ark->product);
    if (verdict == SEVL_MATCH)
        copy_ca(ask, certificate, ark->product, verdict);
    return verdict;
}

/* The issuers of signatures: by what names one, and how many bytes a signature of it has. */
static const struct issuer {
    uint16_t kind;
    uint16_t usage;
    uint16_t algorithm;
    uint16_t size;
} issuers[] = {
    {SEVL_SEV_ASK, USAGE_ASK, ALGORITHM_RSA_SHA256, 256},
    {SEVL_SEV_ASK, USAGE_ASK, ALGORITHM_RSA_SHA384, 512},
    {SEVL_SEV_CEK, USAGE_CEK, ALGORITHM_ECDSA_SHA256, 2 * NUMBER_FIELD},
    {SEVL_SEV_OCA, USAGE_OCA, ALGORITHM_ECDSA_SHA256, 2 * NUMBER_FIELD},
    {SEVL_SEV_PEK, USAGE_PEK, ALGORITHM_ECDSA_SHA256, 2 * NUMBER_FIELD},
};

/* Returns who issued the signature in a place that is not empty; NULL if nobody can have. */
static const struct issuer *find_issuer(const uint8_t *place)
{
    for (size_t i = 0; i < sizeof issuers / sizeof *issuers; i++)
        if (sevl_get32(place + PLACE_USAGE) == issuers[i].usage &&
            sevl_get32(place + PLACE_ALGORITHM) == issuers[i].algorithm)
            return &issuers[i];
    return NULL;
}

static bool has_form(const uint8_t *place, const struct issuer *issuer)
{
    const uint8_t *signature = place + PLACE_SIGNATURE;
    if (!sevl_sev_are_zero(signature + issuer->size, PLACE_SIGNATURE_SIZE - issuer->size))
        return false;
    return issuer->kind == SEVL_SEV_ASK || sevl_sev_are_numbers(signature);
}

/*
 * Returns SEVL_OK with the place of the signature by a kind of issuer. The other place is empty,
 * or has one by `other`, where that is another kind.
 */
static enum sevl_result find_signature(const struct sevl_sev_certificate *certificate,
                                       enum sevl_sev_certificate_kind kind,
                                       enum sevl_sev_certificate_kind other, const uint8_t **found)
{
    *found = NULL;
    for (size_t i = 0; i < PLACES; i++) {
        const uint8_t *place = sevl_sev_place(certificate, i);
        if (sevl_sev_place_is_empty(place))
            continue;
        const struct issuer *issuer = find_issuer(place);
        if (issuer == NULL || !has_form(place, issuer))
            return SEVL_ERROR_ENCODING;
        if (issuer->kind == kind && *found == NULL)
            *found = place;
        else if (issuer->kind == kind || issuer->kind != other)
            return SEVL_ERROR_ENCODING;
    }
    return *found == NULL ? SEVL_ERROR_ABSENT : SEVL_OK;
}

/* Verifies the signature by an issuer with this key on P-384. */
static enum sevl_result verify_by_point(const struct sevl_sev_certificate *certificate,
                                        enum sevl_sev_certificate_kind kind,
                                        enum sevl_sev_certificate_kind other,
                                        const uint8_t key[SEVL_P384_KEY_SIZE],
                                        struct sevl_sev_chain_memory *memory)
{
    const uint8_t *place;
    enum sevl_result result = find_signature(certificate, kind, other, &place);
    if (result != SEVL_OK)
        return result;
    return sevl_sev_signature_verify(memory, key, certificate->bytes,
                                     SEVL_SEV_CERTIFICATE_BODY_SIZE, place + PLACE_SIGNATURE);
}

static bool is_point(const uint8_t key[SEVL_P384_KEY_SIZE], struct sevl_sev_chain_memory *memory)
{
    void *const opaque = memory->opaque;
    struct sevl_ecdsa_p384 *work = opaque;
    sevl_p384_init(&work->p384);
    return sevl_p384_read(&work->p384, &work->key, key, key + SEVL_P384_SIZE);
}

/* Fills a key whose certificate has this verdict, or zeroes it. */
static enum sevl_result finish_key(struct sevl_sev_key *key,
                                   const struct sevl_sev_certificate *certificate,
                                   enum sevl_result verdict, struct sevl_sev_chain_memory *memory)
{
    sevl_sev_certificate_key(certificate, key->key);
    if (verdict == SEVL_MATCH && !is_point(key->key, memory))
        verdict = SEVL_ERROR_ENCODING;
    if (verdict == SEVL_MATCH) {
        key->verdict = verdict;
        key->kind = certificate->kind;
    } else
        memset(key, 0, sizeof *key);
    return verdict;
}

static enum sevl_result verify_by_ask(const struct sevl_sev_certificate *certificate,
                                      const struct sevl_sev_authority *ask,
                                      struct sevl_sev_chain_memory *memory)
{
    const uint8_t *place;
    enum sevl_result result = find_signature(certificate, SEVL_SEV_ASK, SEVL_SEV_ASK, &place);
    if (result != SEVL_OK)
        return result;
    if (find_issuer(place)->size != ask->key_size)
        return SEVL_MISMATCH;
    return verify_by_rsa(memory, ask->key_size, ask->key, certificate->bytes,
                         SEVL_SEV_CERTIFICATE_BODY_SIZE, place + PLACE_SIGNATURE);
}

enum sevl_result sevl_sev_cek_verify(struct sevl_sev_key *cek, const struct sevl_sev_authority *ask,
                                     const struct sevl_sev_certificate *certificate,
                                     struct sevl_sev_chain_memory *memory)
{
    memset(cek, 0, sizeof *cek);
    if (certificate->kind != SEVL_SEV_CEK || !is_verified_authority(ask, SEVL_SEV_ASK))
        return SEVL_ERROR_STATE;
    return finish_key(cek, certificate, verify_by_ask(certificate, ask, memory), memory);
}

/* Returns SEVL_MATCH if there is no pin, or the certificate is the one that is pinned. */
static enum sevl_result compare_pin(const struct sevl_sev_certificate *certificate,
                                    const struct sevl_sev_fingerprint *pin)
{
    struct sevl_sev_fingerprint fingerprint;
    if (pin == NULL)
        return SEVL_MATCH;
    enum sevl_result result = sevl_sev_fingerprint(&fingerprint, certificate);
    if (result != SEVL_OK)
        return result;
    return is_same_fingerprint(&fingerprint, pin) ? SEVL_MATCH : SEVL_UNTRUSTED;
}

enum sevl_result sevl_sev_oca_verify(struct sevl_sev_key *oca,
                                     const struct sevl_sev_certificate *certificate,
                                     const struct sevl_sev_fingerprint *pin,
                                     struct sevl_sev_chain_memory *memory)
{
    memset(oca, 0, sizeof *oca);
    if (certificate->kind != SEVL_SEV_OCA)
        return SEVL_ERROR_STATE;
    sevl_sev_certificate_key(certificate, oca->key);
    enum sevl_result verdict =
        verify_by_point(certificate, SEVL_SEV_OCA, SEVL_SEV_OCA, oca->key, memory);
    if (verdict == SEVL_MATCH)
        verdict = compare_pin(certificate, pin);
    return finish_key(oca, certificate, verdict, memory);
}

enum sevl_result sevl_sev_pek_verify(struct sevl_sev_key *pek, const struct sevl_sev_key *cek,
                                     const struct sevl_sev_key *oca,
                                     const struct sevl_sev_certificate *certificate,
                                     struct sevl_sev_chain_memory *memory)
{
    memset(pek, 0, sizeof *pek);
    if (certificate->kind != SEVL_SEV_PEK || !sevl_sev_is_verified(cek, SEVL_SEV_CEK) ||
        !sevl_sev_is_verified(oca, SEVL_SEV_OCA))
        return SEVL_ERROR_STATE;
    enum sevl_result verdict =
        verify_by_point(certificate, SEVL_SEV_CEK, SEVL_SEV_OCA, cek->key, memory);
    if (verdict == SEVL_MATCH)
        verdict = verify_by_point(certificate, SEVL_SEV_OCA, SEVL_SEV_CEK, oca->key, memory);
    return finish_key(pek, certificate, verdict, memory);
}

enum sevl_result sevl_sev_pdh_verify(struct sevl_sev_key *pdh, const struct sevl_sev_key *pek,
                                     const struct sevl_sev_certificate *certificate,
                                     struct sevl_sev_chain_memory *memory)
{
    memset(pdh, 0, sizeof *pdh);
    if (certificate->kind != SEVL_SEV_PDH || !sevl_sev_is_verified(pek, SEVL_SEV_PEK))
        return SEVL_ERROR_STATE;
    enum sevl_result verdict =
        verify_by_point(certificate, SEVL_SEV_PEK, SEVL_SEV_PEK, pek->key, memory);
    return finish_key(pdh, certificate, verdict, memory);
}
