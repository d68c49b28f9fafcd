/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Multiplication of a point of P-384 by a secret number (NIST SP 800-56A, section 5.7.1.2), in
 * a time and by addresses that depend on nothing secret.
 */
#ifndef SEVLAUNCH_P384_SECRET_H
#define SEVLAUNCH_P384_SECRET_H

#include "crypto/ecdsa_p384.h"

/* The memory of a multiplication: 1.2 KB; its content before does not matter, after it is 0. */
struct sevl_p384_secret {
    struct sevl_p384 p384;
    struct sevl_p384_point multiple; /* of the point */
    struct sevl_p384_point next;     /* that and the point once more */
    sevl_p384_number scalar;
};

/* Whether a number is in 1 to n - 1, as a private key is; in constant time. */
bool sevl_p384_is_private_key(const uint8_t number[SEVL_P384_SIZE]);

/*
 * product = d point, or d times the generator if `point` is NULL. The numbers have their most
 * significant byte first. `blinding` has random bytes: the computation runs on coordinates that
 * nobody can predict.
 *
 * Returns SEVL_OK; or, with `product` as it was, SEVL_ERROR_STATE if d is not in 1 to n - 1, or
 * `blinding` is a multiple of p; or SEVL_ERROR_ENCODING if `point` is none of the curve, which is
 * found out before d is used. `product` may be `point`.
 */
SEVL_CHECK enum sevl_result sevl_p384_secret_multiply(struct sevl_p384_secret *memory,
                                                      const uint8_t d[SEVL_P384_SIZE],
                                                      const struct sevl_p384_key *point,
                                                      const uint8_t blinding[SEVL_P384_SIZE],
                                                      struct sevl_p384_key *product);

#endif
