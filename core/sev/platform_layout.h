/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What certificates and reports of a platform with SEV have in common (AMD 55766, appendices B
 * and C).
 */
#ifndef SEVLAUNCH_PLATFORM_LAYOUT_H
#define SEVLAUNCH_PLATFORM_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "crypto/p384.h"
#include "sevlaunch/sev/certificate.h"

/* Usages: whose key it is, of a certificate or of a signature. */
enum {
    USAGE_ARK = 0x0000,
    USAGE_ASK = 0x0013,
    USAGE_NONE = 0x1000, /* there is no signature */
    USAGE_OCA = 0x1001,
    USAGE_PEK = 0x1002,
    USAGE_PDH = 0x1003,
    USAGE_CEK = 0x1004
};

enum {
    ALGORITHM_RSA_SHA256 = 0x001,
    ALGORITHM_ECDSA_SHA256 = 0x002,
    ALGORITHM_ECDH_SHA256 = 0x003,
    ALGORITHM_RSA_SHA384 = 0x101
};

#define CERTIFICATE_VERSION 1
#define CURVE_P384 2

/* Of the certificates of keys on P-384 (appendix C.1): where their fields are. */
enum {
    CERTIFICATE_API_MAJOR = 4,
    CERTIFICATE_API_MINOR = 5,
    CERTIFICATE_USAGE = 8,
    CERTIFICATE_ALGORITHM = 12,
    CERTIFICATE_CURVE = 16,
    CERTIFICATE_X = 20
};

/* A number of P-384: its 48 bytes, least significant first, and zeros. */
#define NUMBER_FIELD 72

/* A place for a signature in a certificate: usage, algorithm, then the signature and zeros. */
enum {
    PLACE_USAGE = 0,
    PLACE_ALGORITHM = 4,
    PLACE_SIGNATURE = 8,
    PLACE_SIGNATURE_SIZE = 512,
    PLACE_SIZE = 520
};
#define PLACES 2

/* Returns one of the two places. */
static inline const uint8_t *sevl_sev_place(const struct sevl_sev_certificate *certificate,
                                            size_t index)
{
    return certificate->bytes + SEVL_SEV_CERTIFICATE_BODY_SIZE + index * PLACE_SIZE;
}

/* Whether `size` bytes are all 0. */
bool sevl_sev_are_zero(const uint8_t *bytes, size_t size);

/* Whether there is no signature in a place, and nothing else. */
bool sevl_sev_place_is_empty(const uint8_t place[PLACE_SIZE]);

/* Whether two numbers of P-384 follow each other, each with its zeros. */
bool sevl_sev_are_numbers(const uint8_t fields[2 * NUMBER_FIELD]);

/* Copies the bytes of a number in the other order. */
void sevl_sev_turn_number(uint8_t *to, const uint8_t *from, size_t size);

#endif
