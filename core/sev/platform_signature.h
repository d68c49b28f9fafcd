/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The signatures of a platform's keys: ECDSA on P-384, with SHA-256. */
#ifndef SEVLAUNCH_PLATFORM_SIGNATURE_H
#define SEVLAUNCH_PLATFORM_SIGNATURE_H

#include "crypto/ecdsa_p384.h"
#include "sev/platform_layout.h"
#include "sevlaunch/p384.h"
#include "sevlaunch/sev/chain.h"

/* The memory of a verification. */
struct sevl_sev_signature {
    struct sevl_ecdsa_p384 ecdsa;
    struct sevl_p384_signature numbers;
};

_Static_assert(sizeof(struct sevl_sev_signature) <= sizeof(struct sevl_sev_chain_memory),
               "a verification of ECDSA has room");
_Static_assert(_Alignof(struct sevl_sev_signature) <= _Alignof(struct sevl_sev_chain_memory),
               "a verification of ECDSA is aligned");

/*
 * Verifies the signature of `size` bytes, whose two numbers are in `fields`.
 * Returns SEVL_MATCH; SEVL_MISMATCH if it is not that of the key; SEVL_ERROR_ENCODING if the key
 * is no point of the curve; or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sev_signature_verify(struct sevl_sev_chain_memory *memory,
                                                      const uint8_t key[SEVL_P384_KEY_SIZE],
                                                      const uint8_t *bytes, size_t size,
                                                      const uint8_t fields[2 * NUMBER_FIELD]);

#endif
