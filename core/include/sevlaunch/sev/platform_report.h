/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The attestation report of a platform with SEV or SEV-ES (AMD 55766, ATTESTATION). It tells the
 * launch digest and policy of some guest of that platform, with no word on which one: nothing in it
 * comes from a session. A host can answer with the report of another guest of the same digest:
 * it is never a ground to release a secret. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SEV_PLATFORM_REPORT_H
#define SEVLAUNCH_SEV_PLATFORM_REPORT_H

#include "chain.h"
#include "measurement.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_SEV_PLATFORM_REPORT_SIZE 208

/* A report. `bytes` stay the caller's, of which the other pointers are parts. */
struct sevl_sev_platform_report {
    const uint8_t *bytes;         /* SEVL_SEV_PLATFORM_REPORT_SIZE of them */
    const uint8_t *mnonce;        /* SEVL_MNONCE_SIZE bytes, which who asked for it chose */
    const uint8_t *launch_digest; /* SEVL_LAUNCH_DIGEST_SIZE bytes, before any HMAC */
    uint32_t policy;
    enum sevl_result verdict; /* of its verification; SEVL_ERROR_STATE before that */
};

/*
 * Reads a report of `size` bytes.
 * Returns SEVL_OK; SEVL_ERROR_LENGTH if `size` is not SEVL_SEV_PLATFORM_REPORT_SIZE; or
 * SEVL_ERROR_ENCODING if it does not say that a PEK signed it by ECDSA with SHA-256, or a byte
 * that is reserved, or has no digits, is not 0. The signature does not cover these bytes.
 */
SEVL_CHECK enum sevl_result sevl_sev_platform_report_read(struct sevl_sev_platform_report *report,
                                                          const void *bytes, size_t size);

/*
 * Verifies that the PEK signed a report, and keeps the result as its `verdict`.
 * Returns SEVL_MATCH; SEVL_MISMATCH if it did not; SEVL_ERROR_STATE if the report was not read, or
 * `pek` is no PEK that was verified; SEVL_ERROR_ENCODING if its key is no point of the curve; or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sev_platform_report_verify(struct sevl_sev_platform_report *report,
                                                            const struct sevl_sev_key *pek,
                                                            struct sevl_sev_chain_memory *memory);

#ifdef __cplusplus
}
#endif

#endif
