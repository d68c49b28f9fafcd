/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One link of the launch digest: a page (AMD 56860, table "PAGE_INFO"). */
#ifndef SEVLAUNCH_SNP_PAGE_H
#define SEVLAUNCH_SNP_PAGE_H

#include "sevlaunch/sha384.h"
#include "sevlaunch/snp/launch_digest.h"

/* AMD 56860, PAGE_TYPE. */
enum sevl_snp_page_type {
    SEVL_SNP_PAGE_NORMAL = 1,
    SEVL_SNP_PAGE_VMSA = 2,
    SEVL_SNP_PAGE_ZERO = 3,
    SEVL_SNP_PAGE_UNMEASURED = 4,
    SEVL_SNP_PAGE_SECRETS = 5,
    SEVL_SNP_PAGE_CPUID = 6
};

/*
 * Appends a page at a guest-physical address to the digest. `contents` is the SHA-384 of the
 * page; NULL for the types whose contents are not measured, all but NORMAL and VMSA.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed: the digest is zero then.
 */
SEVL_CHECK enum sevl_result sevl_snp_page_append(uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                                 enum sevl_snp_page_type type, uint64_t address,
                                                 const uint8_t *contents);

#endif
