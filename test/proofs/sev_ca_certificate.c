/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sev_ca_certificate_read, for any bytes of any size: a certificate of an ARK or ASK is read
 * if and only if it is one of AMD 55766, appendix B.1, whose parts are then within it.
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

static bool names_itself(const uint8_t *b)
{
    bool same = true;
    for (size_t i = 0; i < 16; i++)
        same = same && b[4 + i] == b[20 + i];
    return same;
}

static bool is_authority(const uint8_t *b, size_t size, size_t key)
{
    bool right = sevl_get32(b) == 1 && is_zero_between(b, 40, 56) &&
                 sevl_get32(b + 56) == 8 * key && sevl_get32(b + 60) == 8 * key &&
                 sevl_get32(b + 64) == 65537 && is_zero_between(b, 68, 64 + key);
    if (sevl_get32(b + 36) == 0)
        return right && names_itself(b);
    return right && sevl_get32(b + 36) == 0x13 && size != 576;
}

static void prove_parts(const struct sevl_sev_ca_certificate *certificate, const uint8_t *bytes,
                        size_t size, size_t key)
{
    PROVE(certificate->bytes == bytes && certificate->body_size == 64 + 2 * key);
    PROVE(certificate->kind == (sevl_get32(bytes + 36) == 0 ? SEVL_SEV_ARK : SEVL_SEV_ASK));
    PROVE(certificate->key_size == key && certificate->modulus == bytes + 64 + key);
    PROVE(certificate->id == bytes + 4 && certificate->issuer_id == bytes + 20);
    if (size == 576)
        PROVE(certificate->signature == NULL);
    else
        PROVE(certificate->signature == bytes + size - key);
}

int main(void)
{
    static const size_t sizes[] = {576, 832, 1600};
    uint8_t memory[1600];
    struct sevl_sev_ca_certificate certificate;
    size_t size = CASE < 3 ? sizes[CASE] : nondet_size();
    size_t key = size == 1600 ? 512 : 256;
    const uint8_t *bytes = CASE < 3 ? ENDING(memory, size) : NULL;
    ASSUME(CASE < 3 || (size != 576 && size != 832 && size != 1600));

    enum sevl_result result = sevl_sev_ca_certificate_read(&certificate, bytes, size);

    REACHES(result == SEVL_OK && size == 576);
    REACHES(result == SEVL_OK && size == 832 && certificate.kind == SEVL_SEV_ARK);
    REACHES(result == SEVL_OK && size == 1600 && certificate.kind == SEVL_SEV_ASK);
    REACHES(result == SEVL_ERROR_LENGTH);
    if (CASE == 3)
        PROVE(result == SEVL_ERROR_LENGTH);
    else
        PROVE(result == (is_authority(bytes, size, key) ? SEVL_OK : SEVL_ERROR_ENCODING));
    if (result == SEVL_OK)
        prove_parts(&certificate, bytes, size, key);
    else
        prove_zero(&certificate, sizeof certificate);
}
