/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The certificates of a platform with SEV or SEV-ES (AMD 55766, appendices B and C), as they are
 * read: no signature is checked here, see chain.h. They stay in the caller's memory, of which the
 * structures hold parts. All numbers in them have their least significant byte first. See
 * sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SEV_CERTIFICATE_H
#define SEVLAUNCH_SEV_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../p384.h"
#include "../result.h"
#include "../sha384.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whose key a certificate holds. ARK signs ASK, ASK signs CEK, CEK and OCA sign PEK, PEK PDH. */
enum sevl_sev_certificate_kind {
    SEVL_SEV_ARK = 1, /* AMD's root, which signs itself */
    SEVL_SEV_ASK,     /* AMD's signer of chip keys */
    SEVL_SEV_CEK,     /* a chip's key */
    SEVL_SEV_OCA,     /* the platform owner's key, which signs itself */
    SEVL_SEV_PEK,     /* the platform's key, which signs its reports */
    SEVL_SEV_PDH      /* the platform's key for the agreement on keys; the owner's part too: GODH */
};

/* Sizes in bytes: of a certificate of AMD's authorities, ARK and ASK, by its key's bits. */
#define SEVL_SEV_CA_SIZE_2048 832
#define SEVL_SEV_CA_SIZE_4096 1600
#define SEVL_SEV_CA_SIZE_UNSIGNED 576 /* of Naples' ARK as AMD's archive has it: no signature */
#define SEVL_SEV_CA_ID_SIZE 16
#define SEVL_SEV_RSA_KEY_MAX 512

/* Size in bytes of every other certificate, and of its part that is signed, at its start. */
#define SEVL_SEV_CERTIFICATE_SIZE 2084
#define SEVL_SEV_CERTIFICATE_BODY_SIZE 1044

/* A certificate of one of AMD's authorities. Its exponent is 65537. */
struct sevl_sev_ca_certificate {
    enum sevl_sev_certificate_kind kind; /* ARK or ASK */
    const uint8_t *bytes;
    size_t body_size;         /* how many of them are signed, from the first on */
    size_t key_size;          /* of modulus and signature: 256 or 512 */
    const uint8_t *id;        /* of SEVL_SEV_CA_ID_SIZE bytes */
    const uint8_t *issuer_id; /* as many; the ARK's own */
    const uint8_t *modulus;
    const uint8_t *signature; /* NULL in an ARK of SEVL_SEV_CA_SIZE_UNSIGNED bytes */
};

/*
 * Reads a certificate of an ARK or ASK that has exactly `size` bytes.
 * Returns SEVL_OK; SEVL_ERROR_LENGTH if `size` is none of the three above; or SEVL_ERROR_ENCODING
 * if it is not one of version 1, with a key of 2048 or 4096 bits as its size asks for, the
 * exponent 65537 and reserved bytes that are 0, if an ARK's two ids differ, or if it is an ASK of
 * SEVL_SEV_CA_SIZE_UNSIGNED bytes.
 */
SEVL_CHECK enum sevl_result
sevl_sev_ca_certificate_read(struct sevl_sev_ca_certificate *certificate, const void *bytes,
                             size_t size);

/* A certificate of a platform's key on P-384. */
struct sevl_sev_certificate {
    enum sevl_sev_certificate_kind kind; /* CEK, OCA, PEK or PDH */
    const uint8_t *bytes;                /* SEVL_SEV_CERTIFICATE_SIZE of them */
    uint8_t api_major;                   /* of the firmware that made it, not of what runs now */
    uint8_t api_minor;
};

/*
 * Reads a certificate of another key, of `size` bytes. What stands in its two places for
 * signatures is looked at in chain.h alone.
 * Returns SEVL_OK; SEVL_ERROR_LENGTH if `size` is not SEVL_SEV_CERTIFICATE_SIZE; or
 * SEVL_ERROR_ENCODING if it is not one of version 1 whose usage is that of a kind, whose
 * algorithm is ECDSA with SHA-256, or ECDH with SHA-256 for a PDH, and whose key is one on P-384
 * with zeros wherever it has no digits.
 */
SEVL_CHECK enum sevl_result sevl_sev_certificate_read(struct sevl_sev_certificate *certificate,
                                                      const void *bytes, size_t size);

/* Whether both places for signatures are empty, as in the CEK that a platform itself exports. */
bool sevl_sev_certificate_is_unsigned(const struct sevl_sev_certificate *certificate);

/* Copies the key out: x then y, most significant byte first. */
void sevl_sev_certificate_key(const struct sevl_sev_certificate *certificate,
                              uint8_t key[SEVL_P384_KEY_SIZE]);

/*
 * The SHA-384 of the part of a certificate that is signed, by which certificates are pinned:
 * `head -c BODY_SIZE FILE | sha384sum` tells it, too.
 */
struct sevl_sev_fingerprint {
    uint8_t sha384[SEVL_SHA384_SIZE];
};

/* Each computes the fingerprint. Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed. */
SEVL_CHECK enum sevl_result
sevl_sev_ca_fingerprint(struct sevl_sev_fingerprint *fingerprint,
                        const struct sevl_sev_ca_certificate *certificate);
SEVL_CHECK enum sevl_result sevl_sev_fingerprint(struct sevl_sev_fingerprint *fingerprint,
                                                 const struct sevl_sev_certificate *certificate);

/*
 * A chip's id, as GET_ID of its firmware tells it, is a point of the curve secp256k1: x then y,
 * most significant byte first. Returns whether these bytes are one: a mistyped id is not.
 */
#define SEVL_SEV_CHIP_ID_SIZE 64
bool sevl_sev_chip_id_is_valid(const uint8_t id[SEVL_SEV_CHIP_ID_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
