/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/certificate.h"

#include <string.h>

#include "snp/names.h"
#include "snp/signed.h"
#include "x509/der_time.h"

/* None may be critical: a list of a part of all certificates would say so there. */
static bool take_crl_extension(struct sevl_der *extensions)
{
    struct sevl_der extension;
    struct sevl_der part;
    return sevl_der_take(extensions, SEVL_DER_SEQUENCE, &extension) &&
           sevl_der_take_oid(&extension, &part) &&
           sevl_der_take_only(&extension, SEVL_DER_OCTET_STRING, &part);
}

static bool are_crl_extensions(struct sevl_der element)
{
    struct sevl_der extensions;
    if (!sevl_der_take_only(&element, SEVL_DER_SEQUENCE, &extensions))
        return false;
    while (extensions.size > 0)
        if (!take_crl_extension(&extensions))
            return false;
    return true;
}

/* An entry: serial number, time, and extensions that may follow. */
static bool take_entry(struct sevl_der *entries, struct sevl_snp_crl_entry *taken)
{
    struct sevl_der entry;
    if (!sevl_der_take(entries, SEVL_DER_SEQUENCE, &entry) ||
        !sevl_der_take_number(&entry, &taken->serial) || !sevl_time_take(&entry, &taken->time))
        return false;
    return entry.size == 0 || are_crl_extensions(entry);
}

static bool are_entries(struct sevl_der entries)
{
    struct sevl_snp_crl_entry entry;
    while (entries.size > 0)
        if (!take_entry(&entries, &entry))
            return false;
    return true;
}

/* A list that revokes nothing has no entries at all. */
static bool take_revoked(struct sevl_der *from, struct sevl_snp_crl *crl)
{
    struct sevl_der entries = {0};
    if (sevl_der_take(from, SEVL_DER_SEQUENCE, &entries) && entries.size == 0)
        return false;
    crl->revoked = (struct sevl_bytes){entries.bytes, entries.size};
    return are_entries(entries);
}

static bool read_list(struct sevl_snp_crl *crl, struct sevl_der contents, struct sevl_der algorithm)
{
    static const uint8_t version_2[] = {SEVL_DER_INTEGER, 1, 1};
    struct sevl_snp_name issuer;
    struct sevl_der extensions;
    if (!sevl_der_take_bytes(&contents, version_2, sizeof version_2) ||
        !sevl_der_take_bytes(&contents, algorithm.bytes, algorithm.size))
        return false;
    if (!sevl_snp_take_name(&contents, &issuer) || issuer.kind != SEVL_SNP_ARK)
        return false;
    crl->product = issuer.product;
    return sevl_time_take(&contents, &crl->validity.first) &&
           sevl_time_take(&contents, &crl->validity.last) && take_revoked(&contents, crl) &&
           sevl_der_take_only(&contents, SEVL_DER_EXPLICIT, &extensions) &&
           are_crl_extensions(extensions);
}

enum sevl_result sevl_snp_crl_read(struct sevl_snp_crl *crl, const void *der, size_t size)
{
    const struct sevl_der whole = {der, size};
    struct sevl_der contents;
    struct sevl_der algorithm;
    memset(crl, 0, sizeof *crl);
    crl->verdict = SEVL_ERROR_STATE;
    if (sevl_snp_read_signed(&crl->sign, whole, &contents, &algorithm) &&
        read_list(crl, contents, algorithm))
        return SEVL_OK;
    memset(crl, 0, sizeof *crl);
    return SEVL_ERROR_ENCODING;
}

bool sevl_snp_crl_take(struct sevl_bytes *entries, struct sevl_snp_crl_entry *entry)
{
    struct sevl_der left = {entries->bytes, entries->size};
    bool is_taken = left.size > 0 && take_entry(&left, entry);
    *entries = (struct sevl_bytes){left.bytes, left.size};
    return is_taken;
}

bool sevl_snp_crl_has(const struct sevl_snp_crl *crl, uint32_t serial)
{
    struct sevl_bytes entries = crl->revoked;
    struct sevl_snp_crl_entry entry;
    while (sevl_snp_crl_take(&entries, &entry))
        if (entry.serial == serial)
            return true;
    return false;
}
