/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A certificate or a revocation list that is read is one that OpenSSL reads, too, with the same
 * key, signature and dates; all parts of it lie within its bytes. An input that OpenSSL does not
 * read is refused.
 */
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/x509.h>
#include <sevlaunch/snp/certificate.h>

#include "fuzz.h"

static void check_within(const uint8_t *part, size_t size, const uint8_t *der, size_t all)
{
    REQUIRE(part >= der && size <= all && (size_t)(part - der) <= all - size);
}

static void check_time(uint64_t seconds, const ASN1_TIME *time)
{
    int days;
    int rest;
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    REQUIRE(ASN1_TIME_diff(&days, &rest, epoch, time) == 1);
    int64_t expected = (int64_t)days * 86400 + rest;
    REQUIRE(seconds == (expected < 0 ? 0 : (uint64_t)expected));
    ASN1_TIME_free(epoch);
}

static void check_signed(const struct sevl_snp_signed *sign, const ASN1_BIT_STRING *signature,
                         const uint8_t *der, size_t size)
{
    check_within(sign->message.bytes, sign->message.size, der, size);
    check_within(sign->signature, SEVL_SNP_SIGNATURE_SIZE, der, size);
    REQUIRE(ASN1_STRING_length(signature) == SEVL_SNP_SIGNATURE_SIZE);
    REQUIRE(memcmp(ASN1_STRING_get0_data(signature), sign->signature, SEVL_SNP_SIGNATURE_SIZE) ==
            0);
}

/* The end of the bits: a point after its 4, a modulus before the exponent. */
static void check_key(const struct sevl_snp_certificate *certificate, const X509 *theirs)
{
    const ASN1_BIT_STRING *bits = X509_get0_pubkey_bitstr(theirs);
    size_t length = (size_t)ASN1_STRING_length(bits);
    const uint8_t *end = ASN1_STRING_get0_data(bits) + length;
    bool is_leaf = certificate->kind == SEVL_SNP_VCEK || certificate->kind == SEVL_SNP_VLEK;
    if (is_leaf)
        REQUIRE(memcmp(end - SEVL_P384_KEY_SIZE, certificate->key, SEVL_P384_KEY_SIZE) == 0);
    else
        REQUIRE(memcmp(end - SEVL_RSA_KEY_SIZE - 5, certificate->key, SEVL_RSA_KEY_SIZE) == 0);
}

static void check_certificate(const struct sevl_snp_certificate *certificate, const uint8_t *der,
                              size_t size)
{
    const uint8_t *next = der;
    const ASN1_BIT_STRING *signature;
    X509 *theirs = d2i_X509(NULL, &next, (long)size);
    REQUIRE(theirs != NULL && next == der + size);
    X509_get0_signature(&signature, NULL, theirs);
    check_signed(&certificate->sign, signature, der, size);
    check_key(certificate, theirs);
    check_within(certificate->key_info.bytes, certificate->key_info.size, der, size);
    if (certificate->kind == SEVL_SNP_VCEK)
        check_within(certificate->hardware.bytes, certificate->hardware.size, der, size);
    if (certificate->kind == SEVL_SNP_VLEK)
        check_within(certificate->provider.bytes, certificate->provider.size, der, size);
    check_time(certificate->validity.first, X509_get0_notBefore(theirs));
    check_time(certificate->validity.last, X509_get0_notAfter(theirs));
    REQUIRE(ASN1_INTEGER_get(X509_get0_serialNumber(theirs)) == (long)certificate->serial);
    X509_free(theirs);
}

static void check_list(const struct sevl_snp_crl *crl, const uint8_t *der, size_t size)
{
    const uint8_t *next = der;
    const ASN1_BIT_STRING *signature;
    X509_CRL *theirs = d2i_X509_CRL(NULL, &next, (long)size);
    REQUIRE(theirs != NULL && next == der + size);
    X509_CRL_get0_signature(theirs, &signature, NULL);
    check_signed(&crl->sign, signature, der, size);
    check_time(crl->validity.first, X509_CRL_get0_lastUpdate(theirs));
    check_time(crl->validity.last, X509_CRL_get0_nextUpdate(theirs));
    STACK_OF(X509_REVOKED) *revoked = X509_CRL_get_REVOKED(theirs);
    struct sevl_bytes left = crl->revoked;
    struct sevl_snp_crl_entry ours;
    for (int i = 0; i < sk_X509_REVOKED_num(revoked); i++) {
        const X509_REVOKED *entry = sk_X509_REVOKED_value(revoked, i);
        long serial = ASN1_INTEGER_get(X509_REVOKED_get0_serialNumber(entry));
        REQUIRE(sevl_snp_crl_take(&left, &ours) && ours.serial == (uint32_t)serial);
        check_time(ours.time, X509_REVOKED_get0_revocationDate(entry));
        REQUIRE(sevl_snp_crl_has(crl, (uint32_t)serial));
    }
    REQUIRE(!sevl_snp_crl_take(&left, &ours));
    X509_CRL_free(theirs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *der = copy(data, size);
    struct sevl_snp_certificate certificate;
    struct sevl_snp_crl crl;
    if (sevl_snp_certificate_read(&certificate, der, size) == SEVL_OK)
        check_certificate(&certificate, der, size);
    else
        REQUIRE(is_zero(&certificate, sizeof certificate));
    if (sevl_snp_crl_read(&crl, der, size) == SEVL_OK)
        check_list(&crl, der, size);
    else
        REQUIRE(is_zero(&crl, sizeof crl));
    free(der);
    return 0;
}
