/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/certificate.h"

#include <string.h>

#include "snp/extensions.h"
#include "snp/names.h"
#include "snp/signed.h"
#include "x509/der_time.h"
#include "x509/p384_key.h"
#include "x509/rsa_key.h"

static bool is_leaf(const struct sevl_snp_certificate *certificate)
{
    return certificate->kind == SEVL_SNP_VCEK || certificate->kind == SEVL_SNP_VLEK;
}

static bool take_key(struct sevl_der *from, struct sevl_snp_certificate *certificate)
{
    struct sevl_der key;
    const struct sevl_der info = *from;
    if (is_leaf(certificate) ? !sevl_p384_key_take(from, &key) : !sevl_rsa_key_take(from, &key))
        return false;
    certificate->key = key.bytes;
    certificate->key_info = (struct sevl_bytes){info.bytes, info.size - from->size};
    return true;
}

static bool take_validity(struct sevl_der *from, struct sevl_snp_validity *validity)
{
    struct sevl_der times;
    return sevl_der_take(from, SEVL_DER_SEQUENCE, &times) &&
           sevl_time_take(&times, &validity->first) && sevl_time_take(&times, &validity->last) &&
           times.size == 0;
}

/* Whose name has to stand where the issuer's does. */
static enum sevl_snp_certificate_kind issuer_of(enum sevl_snp_certificate_kind kind)
{
    switch (kind) {
    case SEVL_SNP_VCEK:
        return SEVL_SNP_ASK;
    case SEVL_SNP_VLEK:
        return SEVL_SNP_ASVK;
    default:
        return SEVL_SNP_ARK;
    }
}

/* The subject of a leaf does not tell the product: its issuer does. */
static bool set_names(struct sevl_snp_certificate *certificate, const struct sevl_snp_name *issuer,
                      const struct sevl_snp_name *subject)
{
    certificate->kind = subject->kind;
    certificate->product = issuer->product;
    return issuer->kind == issuer_of(subject->kind) &&
           (is_leaf(certificate) || subject->product == issuer->product);
}

/* The serial number of a leaf is 0, that of an authority is not. */
static bool is_serial(const struct sevl_snp_certificate *certificate)
{
    return (certificate->serial == 0) == is_leaf(certificate);
}

static bool read_extensions(struct sevl_snp_certificate *certificate, struct sevl_der element)
{
    struct sevl_der sequence;
    struct sevl_der extensions;
    return sevl_der_take_only(&element, SEVL_DER_EXPLICIT + 3, &sequence) &&
           sevl_der_take_only(&sequence, SEVL_DER_SEQUENCE, &extensions) &&
           sevl_snp_extensions_read(certificate, extensions);
}

/* The part that is signed. It names the same algorithm, in the same form. */
static bool read_contents(struct sevl_snp_certificate *certificate, struct sevl_der contents,
                          struct sevl_der algorithm)
{
    static const uint8_t version_3[] = {SEVL_DER_EXPLICIT, 3, SEVL_DER_INTEGER, 1, 2};
    struct sevl_snp_name issuer;
    struct sevl_snp_name subject;
    if (!sevl_der_take_bytes(&contents, version_3, sizeof version_3) ||
        !sevl_der_take_number(&contents, &certificate->serial) ||
        !sevl_der_take_bytes(&contents, algorithm.bytes, algorithm.size))
        return false;
    if (!sevl_snp_take_name(&contents, &issuer) ||
        !take_validity(&contents, &certificate->validity) ||
        !sevl_snp_take_name(&contents, &subject) || !set_names(certificate, &issuer, &subject))
        return false;
    return is_serial(certificate) && take_key(&contents, certificate) &&
           read_extensions(certificate, contents);
}

bool sevl_snp_is_valid_at(const struct sevl_snp_validity *validity, uint64_t time)
{
    return time >= validity->first && time <= validity->last;
}

enum sevl_result sevl_snp_certificate_read(struct sevl_snp_certificate *certificate,
                                           const void *der, size_t size)
{
    const struct sevl_der whole = {der, size};
    struct sevl_der contents;
    struct sevl_der algorithm;
    memset(certificate, 0, sizeof *certificate);
    if (sevl_snp_read_signed(&certificate->sign, whole, &contents, &algorithm) &&
        read_contents(certificate, contents, algorithm))
        return SEVL_OK;
    memset(certificate, 0, sizeof *certificate);
    return SEVL_ERROR_ENCODING;
}
