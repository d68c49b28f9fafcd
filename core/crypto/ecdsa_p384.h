/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ECDSA on P-384 (FIPS 186-5, section 6.4.2): verification alone, of public values alone. */
#ifndef SEVLAUNCH_ECDSA_P384_H
#define SEVLAUNCH_ECDSA_P384_H

#include "crypto/p384.h"
#include "sevlaunch/result.h"
#include "sevlaunch/sha384.h"

/* The memory of a verification: 1.4 KB; its content before and after does not matter. */
struct sevl_ecdsa_p384 {
    struct sevl_p384 p384;
    struct sevl_p384_point key;
    struct sevl_p384_point both; /* the generator and the key */
    struct sevl_p384_point sum;
    sevl_p384_number r, u1, u2;
};

/* All numbers are of SEVL_P384_SIZE bytes, the most significant one first. */
struct sevl_p384_key {
    uint8_t x[SEVL_P384_SIZE];
    uint8_t y[SEVL_P384_SIZE];
};
struct sevl_p384_signature {
    uint8_t r[SEVL_P384_SIZE];
    uint8_t s[SEVL_P384_SIZE];
};

/*
 * Verifies the signature of a message by the hash of it.
 * Returns SEVL_MATCH; SEVL_MISMATCH if the signature is not that of the key on this hash,
 * or one of its numbers is not in 1 to n - 1; or SEVL_ERROR_ENCODING if the key is no point
 * of the curve.
 */
SEVL_CHECK enum sevl_result sevl_ecdsa_p384_verify(struct sevl_ecdsa_p384 *memory,
                                                   const struct sevl_p384_key *key,
                                                   const uint8_t hash[SEVL_SHA384_SIZE],
                                                   const struct sevl_p384_signature *signature);

/*
 * sum = u1 generator + u2 key, for builds with SEVLAUNCH_BIGNUM_WINDOWS, which have code of their
 * CPU for it: see port/cpu/README.md.
 */
void sevl_ecdsa_p384_sum(struct sevl_ecdsa_p384 *memory);

#endif
