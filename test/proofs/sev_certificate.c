/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sev_certificate_read, sevl_sev_certificate_is_unsigned and sevl_sev_certificate_key, for any
 * bytes of any size: a certificate of a platform's key is read if and only if it is one of
 * AMD 55766, appendix C; it is unsigned if both places are empty; the key is that in it.
 */
#include "equal_model.h"

#include <core/sev/certificate.c>

static bool is_zero_between(const uint8_t *bytes, size_t first, size_t end)
{
    uint8_t any = 0;
    for (size_t i = first; i < end; i++)
        any |= bytes[i];
    return any == 0;
}

/* Returns 0 for usages that no key has. */
static int kind_of(const uint8_t *b)
{
    switch (sevl_get32(b + 8)) {
    case 0x1001:
        return SEVL_SEV_OCA;
    case 0x1002:
        return SEVL_SEV_PEK;
    case 0x1003:
        return SEVL_SEV_PDH;
    case 0x1004:
        return SEVL_SEV_CEK;
    default:
        return 0;
    }
}

static bool is_certificate(const uint8_t *b)
{
    uint32_t algorithm = kind_of(b) == SEVL_SEV_PDH ? 3 : 2;
    return sevl_get32(b) == 1 && kind_of(b) != 0 && sevl_get32(b + 12) == algorithm &&
           sevl_get32(b + 16) == 2 && is_zero_between(b, 68, 92) && is_zero_between(b, 140, 1044);
}

static bool is_empty(const uint8_t *place)
{
    return sevl_get32(place) == 0x1000 && is_zero_between(place, 4, 520);
}

static void prove_certificate(const struct sevl_sev_certificate *certificate, const uint8_t *b)
{
    uint8_t key[SEVL_P384_KEY_SIZE];
    size_t i = any_below(48);
    PROVE(certificate->bytes == b && (int)certificate->kind == kind_of(b));
    PROVE(certificate->api_major == b[4] && certificate->api_minor == b[5]);
    bool is_unsigned = sevl_sev_certificate_is_unsigned(certificate);
    REACHES(is_unsigned);
    PROVE(is_unsigned == (is_empty(b + 1044) && is_empty(b + 1564)));
    sevl_sev_certificate_key(certificate, key);
    PROVE(key[i] == b[20 + 47 - i] && key[48 + i] == b[92 + 47 - i]);
}

int main(void)
{
    uint8_t bytes[SEVL_SEV_CERTIFICATE_SIZE];
    struct sevl_sev_certificate certificate;
    size_t size = nondet_bool() ? sizeof bytes : nondet_size();

    enum sevl_result result =
        sevl_sev_certificate_read(&certificate, size == sizeof bytes ? bytes : NULL, size);

    REACHES(result == SEVL_OK && certificate.kind == SEVL_SEV_CEK);
    REACHES(result == SEVL_OK && certificate.kind == SEVL_SEV_PDH);
    if (size != sizeof bytes)
        PROVE(result == SEVL_ERROR_LENGTH);
    else
        PROVE(result == (is_certificate(bytes) ? SEVL_OK : SEVL_ERROR_ENCODING));
    if (result == SEVL_OK)
        prove_certificate(&certificate, bytes);
    else
        prove_zero(&certificate, sizeof certificate);
}
