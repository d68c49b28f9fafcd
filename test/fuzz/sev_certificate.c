/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A certificate or a report of a platform with SEV: all parts of what is read lie within its bytes,
 * and what is verified under the keys of a known platform is what these keys signed.
 */
#include <sevlaunch/sev/platform_report.h>

#include "fuzz.h"
#include "sev_certificate_trust.h"

static struct sevl_sev_chain_memory memory;

static void check_within(const uint8_t *part, size_t size, const uint8_t *file, size_t all)
{
    REQUIRE(part >= file && size <= all && (size_t)(part - file) <= all - size);
}

static void check_signed(const struct sevl_sev_fingerprint *found, enum sevl_result result,
                         enum sevl_sev_certificate_kind kind)
{
    if (result == SEVL_MATCH)
        REQUIRE(memcmp(found->sha384, trusted_fingerprints[kind - SEVL_SEV_ARK],
                       sizeof found->sha384) == 0);
}

/* What is not a match leaves zeros. */
static void check_left(const void *left, size_t size, enum sevl_result result)
{
    REQUIRE((result == SEVL_MATCH) != is_zero(left, size));
}

static struct sevl_sev_authority known_root(void)
{
    struct sevl_sev_authority root = {SEVL_MATCH, SEVL_SEV_ARK, SEVL_SEV_PRODUCT_OWN,
                                      512,        {0},          {0}};
    memcpy(root.id, trusted_ark_id, sizeof root.id);
    memcpy(root.key, trusted_ark_key, sizeof root.key);
    return root;
}

static void check_authority(const struct sevl_sev_ca_certificate *certificate, const uint8_t *file,
                            size_t size)
{
    const struct sevl_sev_authority root = known_root();
    struct sevl_sev_fingerprint fingerprint, pin;
    const struct sevl_sev_pins pins = {&pin, 1};
    struct sevl_sev_authority authority;
    check_within(certificate->bytes, certificate->body_size, file, size);
    check_within(certificate->id, SEVL_SEV_CA_ID_SIZE, file, size);
    check_within(certificate->issuer_id, SEVL_SEV_CA_ID_SIZE, file, size);
    check_within(certificate->modulus, certificate->key_size, file, size);
    if (certificate->signature != NULL)
        check_within(certificate->signature, certificate->key_size, file, size);
    memcpy(pin.sha384, trusted_fingerprints[0], sizeof pin.sha384);
    REQUIRE(sevl_sev_ca_fingerprint(&fingerprint, certificate) == SEVL_OK);
    enum sevl_result result = certificate->kind == SEVL_SEV_ARK
                                  ? sevl_sev_ark_verify(&authority, certificate, &pins, &memory)
                                  : sevl_sev_ask_verify(&authority, &root, certificate, &memory);
    check_signed(&fingerprint, result, certificate->kind);
    check_left(&authority, sizeof authority, result);
}

static struct sevl_sev_key known_key(enum sevl_sev_certificate_kind kind)
{
    struct sevl_sev_key key = {SEVL_MATCH, kind, {0}};
    memcpy(key.key, trusted_keys[kind - SEVL_SEV_CEK], sizeof key.key);
    return key;
}

static enum sevl_result verify_key(struct sevl_sev_key *key,
                                   const struct sevl_sev_certificate *certificate)
{
    struct sevl_sev_authority ask = known_root();
    const struct sevl_sev_key cek = known_key(SEVL_SEV_CEK), oca = known_key(SEVL_SEV_OCA),
                              pek = known_key(SEVL_SEV_PEK);
    ask.kind = SEVL_SEV_ASK;
    memcpy(ask.key, trusted_ask_key, sizeof ask.key);
    switch (certificate->kind) {
    case SEVL_SEV_CEK:
        return sevl_sev_cek_verify(key, &ask, certificate, &memory);
    case SEVL_SEV_OCA:
        return sevl_sev_oca_verify(key, certificate, NULL, &memory);
    case SEVL_SEV_PEK:
        return sevl_sev_pek_verify(key, &cek, &oca, certificate, &memory);
    default:
        return sevl_sev_pdh_verify(key, &pek, certificate, &memory);
    }
}

static void check_certificate(const struct sevl_sev_certificate *certificate)
{
    struct sevl_sev_fingerprint fingerprint;
    struct sevl_sev_key key;
    REQUIRE(sevl_sev_fingerprint(&fingerprint, certificate) == SEVL_OK);
    enum sevl_result result = verify_key(&key, certificate);
    check_signed(&fingerprint, result, certificate->kind);
    check_left(&key, sizeof key, result);
    if (sevl_sev_certificate_is_unsigned(certificate))
        REQUIRE(result == SEVL_ERROR_ABSENT);
}

static void check_report(struct sevl_sev_platform_report *report, const uint8_t *file, size_t size)
{
    const struct sevl_sev_key pek = known_key(SEVL_SEV_PEK);
    check_within(report->mnonce, SEVL_MNONCE_SIZE, file, size);
    check_within(report->launch_digest, SEVL_LAUNCH_DIGEST_SIZE, file, size);
    if (sevl_sev_platform_report_verify(report, &pek, &memory) == SEVL_MATCH)
        REQUIRE(memcmp(file, trusted_platform_report, sizeof trusted_platform_report) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *file = copy(data, size);
    struct sevl_sev_ca_certificate authority;
    struct sevl_sev_certificate certificate;
    struct sevl_sev_platform_report report;
    if (sevl_sev_ca_certificate_read(&authority, file, size) == SEVL_OK)
        check_authority(&authority, file, size);
    else
        REQUIRE(is_zero(&authority, sizeof authority));
    if (sevl_sev_certificate_read(&certificate, file, size) == SEVL_OK)
        check_certificate(&certificate);
    else
        REQUIRE(is_zero(&certificate, sizeof certificate));
    if (sevl_sev_platform_report_read(&report, file, size) == SEVL_OK)
        check_report(&report, file, size);
    else
        REQUIRE(is_zero(&report, sizeof report));
    free(file);
    return 0;
}
