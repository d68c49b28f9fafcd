/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/certificate.h"

#include <string.h>

#include "base/bytes.h"
#include "crypto/constant_time.h"
#include "sev/platform_layout.h"

/* AMD 55766, appendix B.1. */
enum {
    CA_ID = 4,
    CA_ISSUER_ID = 20,
    CA_USAGE = 36,
    CA_RESERVED = 40,
    CA_EXPONENT_BITS = 56,
    CA_MODULUS_BITS = 60,
    CA_EXPONENT = 64
};

#define CERTIFICATE_KEY_END (CERTIFICATE_X + 2 * NUMBER_FIELD)

bool sevl_sev_are_zero(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++)
        any |= bytes[i];
    return any == 0;
}

bool sevl_sev_place_is_empty(const uint8_t place[PLACE_SIZE])
{
    return sevl_get32(place + PLACE_USAGE) == USAGE_NONE &&
           sevl_sev_are_zero(place + PLACE_ALGORITHM, PLACE_SIZE - PLACE_ALGORITHM);
}

bool sevl_sev_are_numbers(const uint8_t fields[2 * NUMBER_FIELD])
{
    const size_t zeros = NUMBER_FIELD - SEVL_P384_SIZE;
    return sevl_sev_are_zero(fields + SEVL_P384_SIZE, zeros) &&
           sevl_sev_are_zero(fields + NUMBER_FIELD + SEVL_P384_SIZE, zeros);
}

void sevl_sev_turn_number(uint8_t *to, const uint8_t *from, size_t size)
{
    for (size_t i = 0; i < size; i++)
        to[i] = from[size - 1 - i];
}

/* 65537 in `size` bytes. */
static bool is_exponent(const uint8_t *bytes, size_t size)
{
    return sevl_get32(bytes) == 65537 && sevl_sev_are_zero(bytes + 4, size - 4);
}

static bool has_ca_key(const uint8_t *bytes, size_t key_size)
{
    return sevl_get32(bytes + CA_EXPONENT_BITS) == 8 * key_size &&
           sevl_get32(bytes + CA_MODULUS_BITS) == 8 * key_size &&
           is_exponent(bytes + CA_EXPONENT, key_size);
}

/* An ARK names itself as its issuer, and alone may come without a signature. */
static bool has_ca_usage(const uint8_t *bytes, size_t size)
{
    uint32_t usage = sevl_get32(bytes + CA_USAGE);
    if (usage == USAGE_ARK)
        return sevl_constant_time_equal(bytes + CA_ID, bytes + CA_ISSUER_ID, SEVL_SEV_CA_ID_SIZE);
    return usage == USAGE_ASK && size != SEVL_SEV_CA_SIZE_UNSIGNED;
}

static bool is_ca_certificate(const uint8_t *bytes, size_t size, size_t key_size)
{
    return sevl_get32(bytes) == CERTIFICATE_VERSION &&
           sevl_sev_are_zero(bytes + CA_RESERVED, CA_EXPONENT_BITS - CA_RESERVED) &&
           has_ca_usage(bytes, size) && has_ca_key(bytes, key_size);
}

static void set_ca_parts(struct sevl_sev_ca_certificate *certificate, const uint8_t *bytes,
                         size_t size, size_t key_size)
{
    certificate->kind = sevl_get32(bytes + CA_USAGE) == USAGE_ARK ? SEVL_SEV_ARK : SEVL_SEV_ASK;
    certificate->bytes = bytes;
    certificate->body_size = CA_EXPONENT + 2 * key_size;
    certificate->key_size = key_size;
    certificate->id = bytes + CA_ID;
    certificate->issuer_id = bytes + CA_ISSUER_ID;
    certificate->modulus = bytes + CA_EXPONENT + key_size;
    if (size > certificate->body_size)
        certificate->signature = bytes + certificate->body_size;
}

enum sevl_result sevl_sev_ca_certificate_read(struct sevl_sev_ca_certificate *certificate,
                                              const void *bytes, size_t size)
{
    size_t key_size = size == SEVL_SEV_CA_SIZE_4096 ? 512 : 256;
    memset(certificate, 0, sizeof *certificate);
    if (size != SEVL_SEV_CA_SIZE_4096 && size != SEVL_SEV_CA_SIZE_2048 &&
        size != SEVL_SEV_CA_SIZE_UNSIGNED)
        return SEVL_ERROR_LENGTH;
    if (!is_ca_certificate(bytes, size, key_size))
        return SEVL_ERROR_ENCODING;
    set_ca_parts(certificate, bytes, size, key_size);
    return SEVL_OK;
}

/* What certificates of platforms tell of their keys. */
static const struct key_form {
    uint16_t kind;
    uint16_t usage;
    uint16_t algorithm;
} key_forms[] = {
    {SEVL_SEV_CEK, USAGE_CEK, ALGORITHM_ECDSA_SHA256},
    {SEVL_SEV_OCA, USAGE_OCA, ALGORITHM_ECDSA_SHA256},
    {SEVL_SEV_PEK, USAGE_PEK, ALGORITHM_ECDSA_SHA256},
    {SEVL_SEV_PDH, USAGE_PDH, ALGORITHM_ECDH_SHA256},
};

/* Returns NULL if a certificate is of no such key. */
static const struct key_form *find_key_form(const uint8_t *bytes)
{
    for (size_t i = 0; i < sizeof key_forms / sizeof *key_forms; i++)
        if (sevl_get32(bytes + CERTIFICATE_USAGE) == key_forms[i].usage &&
            sevl_get32(bytes + CERTIFICATE_ALGORITHM) == key_forms[i].algorithm)
            return &key_forms[i];
    return NULL;
}

static bool has_point(const uint8_t *bytes)
{
    return sevl_get32(bytes + CERTIFICATE_CURVE) == CURVE_P384 &&
           sevl_sev_are_numbers(bytes + CERTIFICATE_X) &&
           sevl_sev_are_zero(bytes + CERTIFICATE_KEY_END,
                             SEVL_SEV_CERTIFICATE_BODY_SIZE - CERTIFICATE_KEY_END);
}

enum sevl_result sevl_sev_certificate_read(struct sevl_sev_certificate *certificate,
                                           const void *bytes, size_t size)
{
    const uint8_t *const body = bytes;
    memset(certificate, 0, sizeof *certificate);
    if (size != SEVL_SEV_CERTIFICATE_SIZE)
        return SEVL_ERROR_LENGTH;
    const struct key_form *form = find_key_form(body);
    if (form == NULL || sevl_get32(body) != CERTIFICATE_VERSION || !has_point(body))
        return SEVL_ERROR_ENCODING;
    certificate->kind = (enum sevl_sev_certificate_kind)form->kind;
    certificate->bytes = body;
    certificate->api_major = body[CERTIFICATE_API_MAJOR];
    certificate->api_minor = body[CERTIFICATE_API_MINOR];
    return SEVL_OK;
}

bool sevl_sev_certificate_is_unsigned(const struct sevl_sev_certificate *certificate)
{
    return sevl_sev_place_is_empty(sevl_sev_place(certificate, 0)) &&
           sevl_sev_place_is_empty(sevl_sev_place(certificate, 1));
}

void sevl_sev_certificate_key(const struct sevl_sev_certificate *certificate,
                              uint8_t key[SEVL_P384_KEY_SIZE])
{
    sevl_sev_turn_number(key, certificate->bytes + CERTIFICATE_X, SEVL_P384_SIZE);
    sevl_sev_turn_number(key + SEVL_P384_SIZE, certificate->bytes + CERTIFICATE_X + NUMBER_FIELD,
                         SEVL_P384_SIZE);
}
