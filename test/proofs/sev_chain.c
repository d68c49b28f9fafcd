/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The links of core/sev/chain.c, for any certificate that was read and any issuer: a key is
 * verified only if its issuers were verified and are of the kinds that must sign it, the places for
 * signatures have theirs and nothing else, every one of these signatures verified under its
 * issuer's key, the key can be one, and the fingerprint is pinned where it must be. All else leaves
 * zeros. Keys of RSA have 4 or 8 bytes here; what certificate.c says of the zeros
 * in a place for a signature, which proofs of its own are of, may be anything.
 */
#include "equal_model.h"

#include <core/sev/chain.c>

#define CA_MESSAGE 7
#define SMALL 4
#define LARGE 8
#define BODY SEVL_SEV_CERTIFICATE_BODY_SIZE

static const enum sevl_result rsa_results[] = {SEVL_MATCH, SEVL_MISMATCH, SEVL_ERROR_CRYPTO};
static const enum sevl_sev_certificate_kind kinds[] = {SEVL_SEV_ARK, SEVL_SEV_ASK, SEVL_SEV_CEK,
                                                       SEVL_SEV_OCA, SEVL_SEV_PEK, SEVL_SEV_PDH};
static const enum sevl_result verdicts[] = {SEVL_MATCH, SEVL_OK, SEVL_MISMATCH};

/* A certificate of a platform's key: what is in its places for signatures, and its key. */
static uint8_t bytes[SEVL_SEV_CERTIFICATE_SIZE];
static const uint8_t *const places[] = {bytes + BODY, bytes + BODY + PLACE_SIZE};
static bool is_empty[2], are_numbers[2];
static const size_t signature_sizes[] = {SMALL, LARGE, 144};
static bool ends_in_zeros[2][3]; /* after a signature of each size */
static uint8_t own_key[SEVL_P384_KEY_SIZE];

bool sevl_sev_place_is_empty(const uint8_t place[PLACE_SIZE])
{
    PROVE(place == places[0] || place == places[1]);
    return is_empty[place == places[0] ? 0 : 1];
}

bool sevl_sev_are_numbers(const uint8_t fields[2 * NUMBER_FIELD])
{
    PROVE(fields == places[0] + 8 || fields == places[1] + 8);
    return are_numbers[fields == places[0] + 8 ? 0 : 1];
}

bool sevl_sev_are_zero(const uint8_t *rest, size_t size)
{
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 3; k++)
            if (rest == places[i] + 8 + signature_sizes[k]) {
                PROVE(size == PLACE_SIZE - 8 - signature_sizes[k]);
                return ends_in_zeros[i][k];
            }
    PROVE(false);
    return false;
}

void sevl_sev_turn_number(uint8_t *to, const uint8_t *from, size_t size)
{
    PROVE(__CPROVER_w_ok(to, size) && __CPROVER_r_ok(from, size) && size <= LARGE);
    for (size_t i = 0; i < size; i++)
        to[i] = from[size - 1 - i];
}

void sevl_sev_certificate_key(const struct sevl_sev_certificate *certificate,
                              uint8_t key[SEVL_P384_KEY_SIZE])
{
    PROVE(certificate->bytes == bytes);
    memcpy(key, own_key, SEVL_P384_KEY_SIZE);
}

/* Hashes are of any value, chosen before; a test of them tells which it was. */
static uint8_t sha256[SEVL_SHA256_SIZE], sha384[SEVL_SHA384_SIZE];
static const uint8_t *message;
static size_t message_size;
static bool failed; /* of any hash so far */

static enum sevl_result hash_message(const void *first, size_t first_size, size_t second_size,
                                     uint8_t *hash, const uint8_t *value, size_t size)
{
    PROVE(first == message && first_size == message_size && second_size == 0);
    PROVE(!failed && __CPROVER_w_ok(hash, size));
    failed = nondet_bool();
    for (size_t i = 0; i < size && !failed; i++)
        hash[i] = value[i];
    return failed ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

enum sevl_result sevl_rsa_sha256(const void *first, size_t first_size, const void *second,
                                 size_t second_size, uint8_t *hash)
{
    return hash_message(first, first_size, second_size, hash, sha256, sizeof sha256);
}

enum sevl_result sevl_rsa_sha384(const void *first, size_t first_size, const void *second,
                                 size_t second_size, uint8_t *hash)
{
    return hash_message(first, first_size, second_size, hash, sha384, sizeof sha384);
}

/* What RSA is to verify. */
static enum sevl_result rsa_result = SEVL_MISMATCH;
static const uint8_t *rsa_key, *rsa_signature;
static size_t rsa_size;
static unsigned rsa_verifications;

enum sevl_result sevl_rsa_pss_verify(struct sevl_rsa_pss *memory, const struct sevl_rsa_keys *keys,
                                     const uint8_t *given, const uint8_t *hash,
                                     const uint8_t *signature)
{
    bool is_small = rsa_size == SMALL;
    size_t i = any_below(rsa_size);
    size_t k = any_below(is_small ? sizeof sha256 : sizeof sha384);
    PROVE(__CPROVER_w_ok(memory, sizeof *memory) && keys->size == rsa_size);
    PROVE(keys->hash_size == (is_small ? sizeof sha256 : sizeof sha384));
    PROVE(keys->hash == (is_small ? sevl_rsa_sha256 : sevl_rsa_sha384));
    PROVE(hash[k] == (is_small ? sha256[k] : sha384[k]));
    PROVE(given[i] == rsa_key[rsa_size - 1 - i]);
    PROVE(signature[i] == rsa_signature[rsa_size - 1 - i]);
    rsa_verifications++;
    return rsa_result;
}

enum sevl_result verify_by_rsa(struct sevl_sev_chain_memory *memory, size_t key_size,
                               const uint8_t *key, const uint8_t *signed_bytes, size_t size,
                               const uint8_t *signature)
{
    PROVE(__CPROVER_w_ok(memory, sizeof *memory) && key_size == rsa_size);
    PROVE(key == rsa_key && signature == rsa_signature && !failed);
    PROVE(signed_bytes == message && size == message_size);
    rsa_verifications++;
    failed = rsa_result == SEVL_ERROR_CRYPTO;
    return rsa_result;
}

/* What ECDSA is to verify, one after another. */
static struct point_signature {
    const uint8_t *key;
    const uint8_t *fields;
    enum sevl_result result;
} point_signatures[2] = {{NULL, NULL, SEVL_MISMATCH}, {NULL, NULL, SEVL_MISMATCH}};
static unsigned point_verifications;

enum sevl_result sevl_sev_signature_verify(struct sevl_sev_chain_memory *memory,
                                           const uint8_t key[SEVL_P384_KEY_SIZE],
                                           const uint8_t *bytes, size_t size,
                                           const uint8_t fields[2 * NUMBER_FIELD])
{
    size_t i = any_below(SEVL_P384_KEY_SIZE);
    PROVE(__CPROVER_w_ok(memory, sizeof *memory) && point_verifications < 2);
    PROVE(bytes == message && size == BODY);
    PROVE(fields == point_signatures[point_verifications].fields);
    PROVE(key[i] == point_signatures[point_verifications].key[i]);
    return point_signatures[point_verifications++].result;
}

/* Whether the key in a certificate is a point, which is that key's own. */
static bool is_on_curve;
static unsigned inits;

void sevl_p384_init(struct sevl_p384 *p384)
{
    PROVE(__CPROVER_w_ok(p384, sizeof *p384));
    inits++;
}

bool sevl_p384_read(struct sevl_p384 *p384, struct sevl_p384_point *point,
                    const uint8_t x[SEVL_P384_SIZE], const uint8_t y[SEVL_P384_SIZE])
{
    size_t i = any_below(SEVL_P384_SIZE);
    PROVE(inits == 1 && __CPROVER_w_ok(p384, sizeof *p384) && __CPROVER_w_ok(point, sizeof *point));
    PROVE(x[i] == own_key[i] && y[i] == own_key[48 + i]);
    return is_on_curve;
}

static enum sevl_sev_product pinned_product = SEVL_SEV_PRODUCT_OWN;
static enum sevl_sev_certificate_kind pinned_kind = SEVL_SEV_ARK;

enum sevl_sev_product sevl_sev_pinned_product(const struct sevl_sev_fingerprint *fingerprint,
                                              enum sevl_sev_certificate_kind kind)
{
    size_t i = any_below(sizeof sha384);
    PROVE(fingerprint->sha384[i] == sha384[i] && kind == pinned_kind);
    return pinned_product;
}

static enum sevl_sev_product any_product(void)
{
    static const enum sevl_sev_product products[] = {SEVL_SEV_PRODUCT_OWN, SEVL_SEV_NAPLES,
                                                     SEVL_SEV_TURIN};
    return products[any_below(3)];
}

/* The parts of a certificate of an authority. */
static uint8_t modulus[LARGE], ca_signature[LARGE], ca_message[CA_MESSAGE], ids[2][16];

static struct sevl_sev_ca_certificate any_ca(void)
{
    struct sevl_sev_ca_certificate certificate;
    certificate.kind = kinds[any_below(2)];
    certificate.bytes = ca_message;
    certificate.body_size = CA_MESSAGE;
    certificate.key_size = nondet_bool() ? SMALL : LARGE;
    certificate.id = ids[0];
    certificate.issuer_id = ids[1];
    certificate.modulus = modulus;
    certificate.signature = ca_signature;
    message = ca_message;
    message_size = CA_MESSAGE;
    rsa_signature = ca_signature;
    rsa_size = certificate.key_size;
    rsa_key = modulus;
    pinned_kind = certificate.kind;
    pinned_product = any_product();
    return certificate;
}

static bool can_be_modulus(const struct sevl_sev_ca_certificate *certificate)
{
    return modulus[certificate->key_size - 1] >= 0x80 && modulus[0] % 2 == 1;
}

static struct sevl_sev_authority any_authority(void)
{
    struct sevl_sev_authority authority;
    authority.verdict = verdicts[any_below(3)];
    authority.kind = kinds[any_below(2)];
    authority.product = any_product();
    authority.key_size = nondet_bool() ? SMALL : LARGE;
    return authority;
}

static void prove_authority(const struct sevl_sev_authority *authority,
                            const struct sevl_sev_ca_certificate *certificate,
                            enum sevl_sev_product product)
{
    size_t i = any_below(sizeof authority->key);
    size_t k = any_below(sizeof authority->id);
    PROVE(authority->verdict == SEVL_MATCH && authority->kind == certificate->kind);
    PROVE(authority->product == product && authority->key_size == certificate->key_size);
    PROVE(authority->id[k] == ids[0][k]);
    PROVE(authority->key[i] == (i < certificate->key_size ? modulus[i] : 0));
}

static void prove_ark(void)
{
    struct sevl_sev_ca_certificate certificate = any_ca();
    struct sevl_sev_fingerprint own[2];
    const struct sevl_sev_pins pins = {own, any_below(3)};
    struct sevl_sev_authority ark;
    struct sevl_sev_chain_memory memory;
    bool has_own = nondet_bool();
    bool is_own = false;
    for (size_t i = 0; has_own && i < pins.count; i++)
        is_own = is_own || sevl_constant_time_equal(own[i].sha384, sha384, sizeof sha384);
    bool is_signed = nondet_bool();
    certificate.signature = is_signed ? ca_signature : NULL;
    bool is_pinned = pinned_product != SEVL_SEV_PRODUCT_OWN || is_own;
    enum sevl_result expected = is_signed && rsa_result != SEVL_MATCH ? rsa_result
                                : is_pinned                           ? SEVL_MATCH
                                                                      : SEVL_UNTRUSTED;
    if (!can_be_modulus(&certificate))
        expected = SEVL_ERROR_ENCODING;
    if (certificate.kind != SEVL_SEV_ARK)
        expected = SEVL_ERROR_STATE;

    enum sevl_result result =
        sevl_sev_ark_verify(&ark, &certificate, has_own ? &pins : NULL, &memory);

    REACHES(result == SEVL_MATCH && is_signed && ark.product == SEVL_SEV_PRODUCT_OWN);
    REACHES(result == SEVL_MATCH && !is_signed && ark.product == SEVL_SEV_NAPLES);
    REACHES(result == SEVL_UNTRUSTED);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : expected));
    PROVE(result != SEVL_MATCH || rsa_verifications == (is_signed ? 1 : 0));
    if (result == SEVL_MATCH)
        prove_authority(&ark, &certificate, pinned_product);
    else
        prove_zero(&ark, sizeof ark);
}

static void prove_ask(void)
{
    struct sevl_sev_ca_certificate certificate = any_ca();
    struct sevl_sev_authority ark = any_authority();
    struct sevl_sev_authority ask;
    struct sevl_sev_chain_memory memory;
    rsa_key = ark.key;
    bool is_same_id = sevl_constant_time_equal(ids[1], ark.id, sizeof ark.id);
    bool is_trusted = ark.product == SEVL_SEV_PRODUCT_OWN || pinned_product == ark.product;
    enum sevl_result expected = rsa_result != SEVL_MATCH ? rsa_result
                                : is_trusted             ? SEVL_MATCH
                                                         : SEVL_UNTRUSTED;
    if (!is_same_id || certificate.key_size != ark.key_size)
        expected = SEVL_MISMATCH;
    if (!can_be_modulus(&certificate))
        expected = SEVL_ERROR_ENCODING;
    if (certificate.kind != SEVL_SEV_ASK || ark.kind != SEVL_SEV_ARK || ark.verdict != SEVL_MATCH)
        expected = SEVL_ERROR_STATE;

    enum sevl_result result = sevl_sev_ask_verify(&ask, &ark, &certificate, &memory);

    REACHES(result == SEVL_MATCH && ask.product == SEVL_SEV_TURIN);
    REACHES(result == SEVL_MATCH && ask.product == SEVL_SEV_PRODUCT_OWN);
    REACHES(result == SEVL_UNTRUSTED);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : expected));
    PROVE(result != SEVL_MATCH || rsa_verifications == 1);
    if (result == SEVL_MATCH)
        prove_authority(&ask, &certificate, ark.product);
    else
        prove_zero(&ask, sizeof ask);
}

/* Who signed in a place: a kind, or one of these. */
enum { NOBODY = 100, SOMEBODY };

static int signer_of(size_t place)
{
    uint32_t usage = sevl_get32(places[place]), algorithm = sevl_get32(places[place] + 4);
    bool is_ecdsa = algorithm == 2 && ends_in_zeros[place][2] && are_numbers[place];
    if (is_empty[place])
        return NOBODY;
    if (usage == 0x13 && algorithm == 1 && ends_in_zeros[place][0])
        return SEVL_SEV_ASK;
    if (usage == 0x13 && algorithm == 0x101 && ends_in_zeros[place][1])
        return SEVL_SEV_ASK;
    if (usage == 0x1004 && is_ecdsa)
        return SEVL_SEV_CEK;
    if (usage == 0x1001 && is_ecdsa)
        return SEVL_SEV_OCA;
    return usage == 0x1002 && is_ecdsa ? SEVL_SEV_PEK : SOMEBODY;
}

static struct sevl_sev_certificate any_certificate(void)
{
    struct sevl_sev_certificate certificate;
    certificate.kind = kinds[2 + any_below(4)];
    certificate.bytes = bytes;
    message = bytes;
    message_size = BODY;
    is_on_curve = nondet_bool();
    for (size_t i = 0; i < 2; i++) {
        is_empty[i] = nondet_bool();
        are_numbers[i] = nondet_bool();
        for (size_t k = 0; k < 3; k++)
            ends_in_zeros[i][k] = nondet_bool();
        point_signatures[i].result = rsa_results[any_below(3)];
    }
    return certificate;
}

static struct sevl_sev_key any_key(void)
{
    struct sevl_sev_key key;
    key.verdict = verdicts[any_below(3)];
    key.kind = kinds[2 + any_below(4)];
    return key;
}

/* Returns SEVL_OK with the place of the one signature, which is by this kind. */
static enum sevl_result find_only(int kind, const uint8_t **place)
{
    int first = signer_of(0), second = signer_of(1);
    *place = first == kind ? places[0] : places[1];
    if (first == NOBODY && second == NOBODY)
        return SEVL_ERROR_ABSENT;
    if ((first == kind && second == NOBODY) || (first == NOBODY && second == kind))
        return SEVL_OK;
    return SEVL_ERROR_ENCODING;
}

static void prove_key(const struct sevl_sev_key *key, enum sevl_result result,
                      enum sevl_result expected, enum sevl_sev_certificate_kind kind)
{
    size_t i = any_below(sizeof own_key);
    if (expected == SEVL_MATCH && !is_on_curve)
        expected = SEVL_ERROR_ENCODING;
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : expected));
    if (result == SEVL_MATCH)
        PROVE(key->verdict == SEVL_MATCH && key->kind == kind && key->key[i] == own_key[i]);
    else
        prove_zero(key, sizeof *key);
}

static void prove_cek(void)
{
    struct sevl_sev_certificate certificate = any_certificate();
    struct sevl_sev_authority ask = any_authority();
    struct sevl_sev_key cek;
    struct sevl_sev_chain_memory memory;
    const uint8_t *place;
    enum sevl_result expected = find_only(SEVL_SEV_ASK, &place);
    rsa_key = ask.key;
    rsa_size = ask.key_size;
    rsa_signature = place + 8;
    if (expected == SEVL_OK)
        expected = sevl_get32(place + 4) == (ask.key_size == SMALL ? 1 : 0x101) ? rsa_result
                                                                                : SEVL_MISMATCH;
    if (certificate.kind != SEVL_SEV_CEK || ask.kind != SEVL_SEV_ASK || ask.verdict != SEVL_MATCH)
        expected = SEVL_ERROR_STATE;

    enum sevl_result result = sevl_sev_cek_verify(&cek, &ask, &certificate, &memory);

    REACHES(result == SEVL_MATCH && place == places[0]);
    REACHES(result == SEVL_MATCH && place == places[1]);
    REACHES(result == SEVL_ERROR_ABSENT);
    PROVE(result != SEVL_MATCH || rsa_verifications == 1);
    prove_key(&cek, result, expected, SEVL_SEV_CEK);
}

static void prove_oca(void)
{
    struct sevl_sev_certificate certificate = any_certificate();
    struct sevl_sev_fingerprint pin;
    struct sevl_sev_key oca;
    struct sevl_sev_chain_memory memory;
    const uint8_t *place;
    enum sevl_result expected = find_only(SEVL_SEV_OCA, &place);
    bool has_pin = nondet_bool();
    bool is_pinned = !has_pin || sevl_constant_time_equal(pin.sha384, sha384, sizeof sha384);
    point_signatures[0].key = own_key;
    point_signatures[0].fields = place + 8;
    if (expected == SEVL_OK)
        expected = point_signatures[0].result;
    if (expected == SEVL_MATCH && !is_pinned)
        expected = SEVL_UNTRUSTED;
    if (certificate.kind != SEVL_SEV_OCA)
        expected = SEVL_ERROR_STATE;

    enum sevl_result result =
        sevl_sev_oca_verify(&oca, &certificate, has_pin ? &pin : NULL, &memory);

    REACHES(result == SEVL_MATCH && has_pin);
    REACHES(result == SEVL_UNTRUSTED);
    PROVE(result != SEVL_MATCH || point_verifications == 1);
    prove_key(&oca, result, expected, SEVL_SEV_OCA);
}

static void prove_pek(void)
{
    struct sevl_sev_certificate certificate = any_certificate();
    struct sevl_sev_key cek = any_key(), oca = any_key();
    struct sevl_sev_key pek;
    struct sevl_sev_chain_memory memory;
    int first = signer_of(0), second = signer_of(1);
    bool is_cek_first = first == SEVL_SEV_CEK;
    point_signatures[0].key = cek.key;
    point_signatures[0].fields = places[is_cek_first ? 0 : 1] + 8;
    point_signatures[1].key = oca.key;
    point_signatures[1].fields = places[is_cek_first ? 1 : 0] + 8;
    bool has_both = (is_cek_first && second == SEVL_SEV_OCA) ||
                    (first == SEVL_SEV_OCA && second == SEVL_SEV_CEK);
    bool is_of_kinds = certificate.kind == SEVL_SEV_PEK && cek.kind == SEVL_SEV_CEK &&
                       cek.verdict == SEVL_MATCH && oca.kind == SEVL_SEV_OCA &&
                       oca.verdict == SEVL_MATCH;

    enum sevl_result result = sevl_sev_pek_verify(&pek, &cek, &oca, &certificate, &memory);

    REACHES(result == SEVL_MATCH && is_cek_first);
    REACHES(result == SEVL_MATCH && !is_cek_first);
    REACHES(result == SEVL_ERROR_ABSENT);
    PROVE((result == SEVL_ERROR_STATE) == !is_of_kinds);
    PROVE(result != SEVL_MATCH || (has_both && point_verifications == 2));
    if (is_of_kinds && has_both) {
        enum sevl_result expected = point_signatures[0].result;
        if (expected == SEVL_MATCH)
            expected = point_signatures[1].result;
        prove_key(&pek, result, expected, SEVL_SEV_PEK);
        return;
    }
    PROVE(!is_of_kinds || first != SOMEBODY || result == SEVL_ERROR_ENCODING);
    PROVE(!is_of_kinds || first != NOBODY || second != NOBODY || result == SEVL_ERROR_ABSENT);
    prove_zero(&pek, sizeof pek);
}

static void prove_pdh(void)
{
    struct sevl_sev_certificate certificate = any_certificate();
    struct sevl_sev_key pek = any_key();
    struct sevl_sev_key pdh;
    struct sevl_sev_chain_memory memory;
    const uint8_t *place;
    enum sevl_result expected = find_only(SEVL_SEV_PEK, &place);
    point_signatures[0].key = pek.key;
    point_signatures[0].fields = place + 8;
    if (expected == SEVL_OK)
        expected = point_signatures[0].result;
    if (certificate.kind != SEVL_SEV_PDH || pek.kind != SEVL_SEV_PEK || pek.verdict != SEVL_MATCH)
        expected = SEVL_ERROR_STATE;

    enum sevl_result result = sevl_sev_pdh_verify(&pdh, &pek, &certificate, &memory);

    REACHES(result == SEVL_MATCH);
    PROVE(result != SEVL_MATCH || point_verifications == 1);
    prove_key(&pdh, result, expected, SEVL_SEV_PDH);
}

static void prove_rsa(void)
{
    struct sevl_sev_chain_memory memory;
    (void)any_ca();

    enum sevl_result result =
        verify_by_rsa_itself(&memory, rsa_size, modulus, ca_message, CA_MESSAGE, ca_signature);

    REACHES(result == SEVL_MATCH && rsa_size == SMALL);
    REACHES(result == SEVL_MATCH && rsa_size == LARGE);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : rsa_result));
    PROVE(rsa_verifications == (failed ? 0 : 1));
}

int main(void)
{
    static void (*const proofs[])(void) = {prove_ark, prove_ask, prove_cek, prove_oca,
                                           prove_pek, prove_pdh, prove_rsa};
    __CPROVER_havoc_object(sha256);
    __CPROVER_havoc_object(sha384);
    __CPROVER_havoc_object(modulus);
    __CPROVER_havoc_object(ca_signature);
    __CPROVER_havoc_object(ids);
    __CPROVER_havoc_object(bytes);
    __CPROVER_havoc_object(own_key);
    rsa_result = rsa_results[any_below(3)];
    proofs[CASE]();
}
