/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Whether a report is genuine: the key of a chip, or of a cloud provider, signed it. Whether it
 * is the report of the guest that its owner chose is another question, and comes after this
 * one: see appraisal.h. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SNP_VERIFICATION_H
#define SEVLAUNCH_SNP_VERIFICATION_H

#include "chain.h"
#include "report.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a verification found wrong, the first of them. */
enum sevl_snp_report_fault {
    SEVL_SNP_REPORT_GOOD = 0x59a6,
    SEVL_SNP_REPORT_UNSIGNED = 1, /* no signature, by what the report says of itself */
    SEVL_SNP_REPORT_SIGNER,       /* says that another kind of key signed it */
    SEVL_SNP_REPORT_PRODUCT,      /* tells of a processor of another product */
    SEVL_SNP_REPORT_TCB,          /* the key is that of another TCB than the one it reports */
    SEVL_SNP_REPORT_CHIP,         /* comes from another chip */
    SEVL_SNP_REPORT_KEY,          /* the key is no point of the curve */
    SEVL_SNP_REPORT_SIGNATURE     /* the signature is not that of the key on these bytes */
};

/*
 * Tells whether a report says that it is one of this key, at the TCB of the key. Nothing is
 * verified: this helps to find the right one of several keys.
 * Returns SEVL_SNP_REPORT_GOOD, or the first fault but SEVL_SNP_REPORT_KEY and
 * SEVL_SNP_REPORT_SIGNATURE.
 */
enum sevl_snp_report_fault sevl_snp_report_binding(const struct sevl_snp_report *report,
                                                   const struct sevl_snp_key *key);

/* The memory that a verification works in; only the library looks inside. */
struct sevl_snp_report_memory {
    uint64_t opaque[193];
};

/*
 * Verifies that a report is one of the chip, or cloud provider, whose key this is, at the
 * TCB of the key: it says so, and the key signed it. Keeps the result as its `verdict`. Who has
 * a report can change its signature from r, s to r, n - s, which is as good: what is signed is
 * the same, but neither the signature nor all 1184 bytes identify a report.
 * Returns SEVL_MATCH; SEVL_MISMATCH with the reason in `fault`; or SEVL_ERROR_CRYPTO if Mbed
 * TLS failed. `fault` is SEVL_SNP_REPORT_GOOD with SEVL_MATCH alone, and may be NULL.
 */
SEVL_CHECK enum sevl_result sevl_snp_report_verify(struct sevl_snp_report *report,
                                                   const struct sevl_snp_key *key,
                                                   enum sevl_snp_report_fault *fault,
                                                   struct sevl_snp_report_memory *memory);

#ifdef __cplusplus
}
#endif

#endif
