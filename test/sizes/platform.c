/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The smallest verification of a platform with SEV: of all certificates from a root that is pinned
 * to the PDH. The caller has the certificates, which may be in flash.
 */
#include "platform.h"

struct platform_keys platform_keys;

static enum sevl_result verify_authorities(void)
{
    struct platform_keys *k = &platform_keys;
    struct sevl_sev_authority *ark = &k->u.ark;
    struct sevl_sev_ca_certificate certificate;
    if (sevl_sev_ca_certificate_read(&certificate, k->certificates[0], k->ca_size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    enum sevl_result verdict = sevl_sev_ark_verify(ark, &certificate, k->pins, &k->memory);
    if (verdict != SEVL_MATCH)
        return verdict;
    if (sevl_sev_ca_certificate_read(&certificate, k->certificates[1], k->ca_size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    return sevl_sev_ask_verify(&k->ask, ark, &certificate, &k->memory);
}

static bool read_platform(struct sevl_sev_certificate *certificate, const void *bytes)
{
    return sevl_sev_certificate_read(certificate, bytes, SEVL_SEV_CERTIFICATE_SIZE) == SEVL_OK;
}

static enum sevl_result verify_pek(void)
{
    struct platform_keys *k = &platform_keys;
    struct sevl_sev_certificate certificate;
    if (!read_platform(&certificate, k->certificates[2]))
        return SEVL_ERROR_ENCODING;
    enum sevl_result verdict =
        sevl_sev_cek_verify(&k->u.keys.cek, &k->ask, &certificate, &k->memory);
    if (verdict != SEVL_MATCH || !read_platform(&certificate, k->certificates[3]))
        return SEVL_ERROR_ENCODING;
    verdict = sevl_sev_oca_verify(&k->u.keys.oca, &certificate, NULL, &k->memory);
    if (verdict != SEVL_MATCH || !read_platform(&certificate, k->certificates[4]))
        return SEVL_ERROR_ENCODING;
    return sevl_sev_pek_verify(&k->u.keys.pek, &k->u.keys.cek, &k->u.keys.oca, &certificate,
                               &k->memory);
}

enum sevl_result platform(const void *bytes, size_t size)
{
    struct platform_keys *k = &platform_keys;
    struct sevl_sev_certificate certificate;
    if (sevl_sev_certificate_read(&certificate, bytes, size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    enum sevl_result verdict = verify_authorities();
    if (verdict == SEVL_MATCH)
        verdict = verify_pek();
    if (verdict == SEVL_MATCH)
        verdict = sevl_sev_pdh_verify(&k->u.keys.pdh, &k->u.keys.pek, &certificate, &k->memory);
    return verdict;
}
