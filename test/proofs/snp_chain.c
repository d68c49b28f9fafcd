/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A root, a revocation list, an intermediate or a leaf, of any content, is a match only if the
 * signature of its contents verified under the key above it, the kinds and products fit, and
 * somebody vouches for its key: for a root a pin; for an intermediate no known revocation, and a
 * pin, a verified list in date, or the caller. Nothing is copied out otherwise.
 */
#include "proof.h"

#include "sha384_model.h"

#include <core/snp/chain.c>

#define PART 3 /* bytes of what is hashed */

static uint8_t key_info[PART];
static uint8_t message[PART + 1];
static uint8_t signature[1];
static uint8_t key[SEVL_RSA_KEY_SIZE];
static uint8_t id[64];
static const uint8_t *wanted_key;

static enum sevl_result rsa_result = SEVL_MISMATCH;
static unsigned verifications;
static bool is_pin, is_first_ask, is_listed, is_in_date;

/* CBMC's own copies to parts of structures inexactly. */
void *memcpy(void *to, const void *from, size_t size)
{
    PROVE(size <= SEVL_RSA_KEY_SIZE && __CPROVER_w_ok(to, size) && __CPROVER_r_ok(from, size));
    for (size_t i = 0; i < size && i < SEVL_RSA_KEY_SIZE; i++)
        ((uint8_t *)to)[i] = ((const uint8_t *)from)[i];
    return to;
}

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size) && size == 48);
    uint8_t difference = 0;
    for (size_t i = 0; i < size; i++)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

enum sevl_result sevl_rsa_sha384(const void *first, size_t first_size, const void *second,
                                 size_t second_size, uint8_t *hash)
{
    PROVE(false); /* no hash but that of the verification, which is replaced */
}

enum sevl_result sevl_rsa_pss_verify(struct sevl_rsa_pss *memory, const struct sevl_rsa_keys *keys,
                                     const uint8_t *modulus, const uint8_t *hash,
                                     const uint8_t *signature_bytes)
{
    PROVE(__CPROVER_w_ok(memory, sizeof *memory) && keys->size == SEVL_RSA_SIZE);
    PROVE(keys->hash_size == SEVL_SHA384_SIZE && keys->hash == sevl_rsa_sha384);
    PROVE(modulus == wanted_key && signature_bytes == signature);
    PROVE(is_hash_of(hash, sizeof message, place < sizeof message ? message[place] : 0));
    verifications++;
    return rsa_result;
}

static bool is_fingerprint(const struct sevl_snp_fingerprint *fingerprint)
{
    return is_hash_of(fingerprint->sha384, PART, place < PART ? key_info[place] : 0);
}

static enum sevl_snp_certificate_kind asked_kind = SEVL_SNP_ARK;
static enum sevl_snp_product asked_product = SEVL_SNP_MILAN;

bool sevl_snp_is_pinned(const struct sevl_snp_fingerprint *fingerprint,
                        enum sevl_snp_certificate_kind kind, enum sevl_snp_product product)
{
    PROVE(is_fingerprint(fingerprint) && kind == asked_kind && product == asked_product);
    return is_pin;
}

bool sevl_snp_is_revoked(const struct sevl_snp_fingerprint *fingerprint)
{
    PROVE(is_fingerprint(fingerprint));
    return is_first_ask;
}

static const struct sevl_snp_crl *the_list;
static uint32_t the_serial;
static uint64_t the_time;

bool sevl_snp_crl_has(const struct sevl_snp_crl *crl, uint32_t serial)
{
    PROVE(crl == the_list && serial == the_serial);
    return is_listed;
}

bool sevl_snp_is_valid_at(const struct sevl_snp_validity *validity, uint64_t time)
{
    PROVE(validity == &the_list->validity && time == the_time);
    return is_in_date;
}

static const enum sevl_snp_certificate_kind kinds[] = {SEVL_SNP_ARK, SEVL_SNP_ASK, SEVL_SNP_ASVK,
                                                       SEVL_SNP_VCEK, SEVL_SNP_VLEK};
static const enum sevl_snp_product products[] = {SEVL_SNP_MILAN, SEVL_SNP_TURIN};

static struct sevl_snp_certificate any_certificate(void)
{
    struct sevl_snp_certificate certificate;
    certificate.kind = kinds[any_below(5)];
    certificate.product = products[any_below(2)];
    certificate.key_info = (struct sevl_bytes){key_info, PART};
    certificate.key = key;
    certificate.sign.message = (struct sevl_bytes){message, sizeof message};
    certificate.sign.signature = signature;
    certificate.hardware = (struct sevl_bytes){id, nondet_bool() ? 8 : 64};
    certificate.provider = (struct sevl_bytes){id, 1 + any_below(64)};
    asked_kind = certificate.kind;
    asked_product = certificate.product;
    the_serial = certificate.serial;
    return certificate;
}

static struct sevl_snp_authority any_authority(void)
{
    struct sevl_snp_authority authority;
    authority.kind = kinds[any_below(3)];
    authority.product = products[any_below(2)];
    authority.trust = SEVL_SNP_TRUST_PIN;
    wanted_key = authority.key;
    return authority;
}

static uint64_t later(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static void prove_key(const uint8_t *copied, size_t size)
{
    size_t i = any_below(size);
    PROVE(copied[i] == key[i]);
}

static void prove_root(void)
{
    struct sevl_snp_certificate certificate = any_certificate();
    struct sevl_snp_fingerprint pin;
    const struct sevl_snp_pins pins = {&pin, any_below(2)};
    struct sevl_snp_authority root;
    struct sevl_snp_chain_memory memory;
    bool has_own = nondet_bool();
    bool is_same = nondet_bool();
    put_model_hash(pin.sha384, is_same ? PART : PART + 1, place < PART ? key_info[place] : 0);
    bool is_own = has_own && pins.count == 1 && is_same;
    wanted_key = key;

    enum sevl_result result =
        sevl_snp_root_verify(&root, &certificate, has_own ? &pins : NULL, &memory);

    REACHES(result == SEVL_MATCH && root.trust == SEVL_SNP_TRUST_OWN_PIN);
    REACHES(result == SEVL_MATCH && root.trust == SEVL_SNP_TRUST_PIN);
    REACHES(result == SEVL_UNTRUSTED);
    PROVE(result != SEVL_MATCH || (certificate.kind == SEVL_SNP_ARK && !failed &&
                                   verifications == 1 && rsa_result == SEVL_MATCH));
    PROVE(result != SEVL_MATCH || (is_pin ? root.trust == SEVL_SNP_TRUST_PIN
                                          : is_own && root.trust == SEVL_SNP_TRUST_OWN_PIN));
    PROVE((result == SEVL_ERROR_STATE) == (certificate.kind != SEVL_SNP_ARK));
    if (!failed && certificate.kind == SEVL_SNP_ARK)
        PROVE(result == (is_pin || is_own ? rsa_result : SEVL_UNTRUSTED));
    if (result != SEVL_MATCH) {
        prove_zero(&root, sizeof root);
        return;
    }
    PROVE(root.kind == SEVL_SNP_ARK && root.product == certificate.product);
    PROVE(root.validity.first == certificate.validity.first &&
          root.validity.last == certificate.validity.last);
    prove_key(root.key, SEVL_RSA_KEY_SIZE);
}

static void prove_list(void)
{
    struct sevl_snp_authority root = any_authority();
    struct sevl_snp_crl crl;
    struct sevl_snp_chain_memory memory;
    crl.product = products[any_below(2)];
    crl.verdict = SEVL_MATCH;
    crl.sign.message = (struct sevl_bytes){message, sizeof message};
    crl.sign.signature = signature;
    wanted_key = root.key;
    bool fits = root.kind == SEVL_SNP_ARK && root.product == crl.product;

    enum sevl_result result = sevl_snp_crl_verify(&crl, &root, &memory);

    REACHES(result == SEVL_MATCH);
    PROVE(crl.verdict == result);
    if (!failed)
        PROVE(result == (fits ? rsa_result : SEVL_ERROR_STATE));
    PROVE(!failed || (fits && result == SEVL_ERROR_CRYPTO));
}

static void prove_intermediate(void)
{
    struct sevl_snp_certificate certificate = any_certificate();
    struct sevl_snp_authority root = any_authority();
    struct sevl_snp_authority intermediate;
    struct sevl_snp_chain_memory memory;
    struct sevl_snp_crl crl;
    struct sevl_snp_revocation revocation;
    crl.product = products[any_below(2)];
    crl.verdict = nondet_bool() ? SEVL_MATCH : SEVL_ERROR_STATE;
    revocation.crl = nondet_bool() ? &crl : NULL;
    revocation.has_time = nondet_bool();
    revocation.allows_unpinned = nondet_bool();
    the_list = &crl;
    the_time = revocation.time;
    wanted_key = root.key;
    bool has_list = revocation.crl != NULL;
    bool fits = root.kind == SEVL_SNP_ARK && root.product == certificate.product &&
                (certificate.kind == SEVL_SNP_ASK || certificate.kind == SEVL_SNP_ASVK) &&
                (!has_list || (crl.verdict == SEVL_MATCH && crl.product == root.product));
    bool is_revoked = is_first_ask || (has_list && is_listed);
    bool is_vouched_for = is_pin || (has_list && revocation.has_time && is_in_date);

    enum sevl_result result =
        sevl_snp_intermediate_verify(&intermediate, &root, &certificate, &revocation, &memory);

    REACHES(result == SEVL_MATCH && intermediate.trust == SEVL_SNP_TRUST_CRL);
    REACHES(result == SEVL_MATCH && intermediate.trust == SEVL_SNP_TRUST_ALLOWED);
    REACHES(result == SEVL_REVOKED);
    REACHES(result == SEVL_UNTRUSTED);
    if (!fits)
        PROVE(result == SEVL_ERROR_STATE);
    else if (failed)
        PROVE(result == SEVL_ERROR_CRYPTO || (result == rsa_result && result != SEVL_MATCH));
    else if (rsa_result != SEVL_MATCH)
        PROVE(result == rsa_result);
    else
        PROVE(result == (is_revoked                                     ? SEVL_REVOKED
                         : is_vouched_for || revocation.allows_unpinned ? SEVL_MATCH
                                                                        : SEVL_UNTRUSTED));
    if (result != SEVL_MATCH) {
        prove_zero(&intermediate, sizeof intermediate);
        return;
    }
    PROVE(verifications == 1);
    PROVE((intermediate.trust == SEVL_SNP_TRUST_PIN) == is_pin);
    PROVE((intermediate.trust == SEVL_SNP_TRUST_ALLOWED) == !is_vouched_for);
    PROVE(intermediate.kind == certificate.kind && intermediate.product == root.product);
    PROVE(intermediate.validity.first == later(certificate.validity.first, root.validity.first));
    PROVE(intermediate.validity.last == earlier(certificate.validity.last, root.validity.last));
    prove_key(intermediate.key, SEVL_RSA_KEY_SIZE);
}

static void prove_leaf(void)
{
    struct sevl_snp_certificate certificate = any_certificate();
    struct sevl_snp_authority authority = any_authority();
    struct sevl_snp_key leaf;
    struct sevl_snp_chain_memory memory;
    wanted_key = authority.key;
    bool fits = authority.product == certificate.product &&
                ((authority.kind == SEVL_SNP_ASK && certificate.kind == SEVL_SNP_VCEK) ||
                 (authority.kind == SEVL_SNP_ASVK && certificate.kind == SEVL_SNP_VLEK));

    enum sevl_result result = sevl_snp_leaf_verify(&leaf, &authority, &certificate, &memory);

    REACHES(result == SEVL_MATCH && leaf.kind == SEVL_SNP_VLEK && leaf.id_size == 64);
    REACHES(result == SEVL_MATCH && leaf.kind == SEVL_SNP_VCEK && leaf.id_size == 8);
    if (!failed)
        PROVE(result == (fits ? rsa_result : SEVL_ERROR_STATE));
    PROVE(!failed || (fits && result == SEVL_ERROR_CRYPTO));
    if (result != SEVL_MATCH) {
        prove_zero(&leaf, sizeof leaf);
        return;
    }
    PROVE(leaf.kind == certificate.kind && leaf.product == authority.product);
    size_t size =
        leaf.kind == SEVL_SNP_VCEK ? certificate.hardware.size : certificate.provider.size;
    size_t i = any_below(sizeof leaf.id);
    PROVE(leaf.id_size == size && leaf.id[i] == (i < size ? id[i] : 0));
    prove_key(leaf.key, SEVL_P384_KEY_SIZE);
    PROVE(leaf.tcb.fmc == certificate.tcb.fmc && leaf.tcb.tee == certificate.tcb.tee &&
          leaf.tcb.boot_loader == certificate.tcb.boot_loader &&
          leaf.tcb.snp == certificate.tcb.snp && leaf.tcb.microcode == certificate.tcb.microcode);
    PROVE(leaf.validity.first == later(certificate.validity.first, authority.validity.first));
    PROVE(leaf.validity.last == earlier(certificate.validity.last, authority.validity.last));
}

int main(void)
{
    static const enum sevl_result results[] = {SEVL_MATCH, SEVL_MISMATCH, SEVL_ERROR_ENCODING};
    __CPROVER_havoc_object(key_info);
    __CPROVER_havoc_object(message);
    __CPROVER_havoc_object(key);
    __CPROVER_havoc_object(id);
    rsa_result = results[any_below(3)];
    place = any_below(sizeof message + 1);
    is_pin = nondet_bool();
    is_first_ask = nondet_bool();
    is_listed = nondet_bool();
    is_in_date = nondet_bool();
    if (CASE == 0)
        prove_root();
    else if (CASE == 1)
        prove_list();
    else if (CASE == 2)
        prove_intermediate();
    else
        prove_leaf();
}
