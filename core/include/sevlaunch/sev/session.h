/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The launch session (AMD 55766, section 6.2, LAUNCH_START): the owner's part of an
 * agreement on keys with a platform, and TEK and TIK, wrapped so that its secure processor alone
 * can unwrap them. Make one for each launch: who uses keys again lets the host show the
 * measurement of another launch. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SEV_SESSION_H
#define SEVLAUNCH_SEV_SESSION_H

#include "../random.h"
#include "chain.h"
#include "measurement.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Nonce 16, wrapped TEK and TIK 32, IV 16, WRAP_MAC 32, POLICY_MAC 32: what the host gets. */
#define SEVL_SEV_SESSION_SIZE 128

/* The memory that making a session works in; only the library looks inside. */
struct sevl_sev_session_memory {
    uint64_t opaque[189];
};

/* A session. TEK and TIK are secret: sevl_wipe() it after use. */
struct sevl_sev_session {
    uint8_t tek[SEVL_TEK_SIZE];       /* encrypts the secrets of this launch */
    uint8_t tik[SEVL_TIK_SIZE];       /* authenticates its measurement and its secrets */
    uint8_t godh[SEVL_P384_KEY_SIZE]; /* the owner's public key of the agreement */
    uint8_t blob[SEVL_SEV_SESSION_SIZE];
};

/*
 * Makes a session with the platform whose PDH this is, for a launch with this policy. All
 * secrets but TEK and TIK are wiped before it returns, and these, too, on an error. Its time
 * depends on no secret, but for what sevlaunch's port/cpu/README.md says of multiplications and
 * of AES on some CPUs.
 *
 * Returns SEVL_OK; SEVL_ERROR_STATE if `pdh` is no PDH that sevl_sev_pdh_verify() verified, its key
 * is no point of the curve, or a check in the end found that a part of the work was left out;
 * SEVL_ERROR_RANDOM if `random` failed, or repeated itself within what it gave for this session; or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sev_session_make(struct sevl_sev_session *session,
                                                  const struct sevl_sev_key *pdh, uint32_t policy,
                                                  const struct sevl_random *random,
                                                  struct sevl_sev_session_memory *memory);

/*
 * Writes the certificate of the owner's key, GODH, in the form of a PDH: no signature, for the
 * secure processor reads none.
 */
void sevl_sev_godh_write(const uint8_t godh[SEVL_P384_KEY_SIZE],
                         uint8_t certificate[SEVL_SEV_CERTIFICATE_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
