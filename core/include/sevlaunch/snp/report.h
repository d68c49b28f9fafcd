/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The attestation report of a SEV-SNP guest (AMD 56860, table "ATTESTATION_REPORT"): its
 * fields. Reading proves nothing: anyone can write such bytes. See sevlaunch.h for the
 * conventions.
 */
#ifndef SEVLAUNCH_SNP_REPORT_H
#define SEVLAUNCH_SNP_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../result.h"
#include "tcb.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_SNP_REPORT_SIZE 1184

/* Bits of the policy. */
#define SEVL_SNP_POLICY_SMT (UINT64_C(1) << 16)               /* may run on both threads */
#define SEVL_SNP_POLICY_RESERVED_1 (UINT64_C(1) << 17)        /* must be 1 */
#define SEVL_SNP_POLICY_MIGRATE_MA (UINT64_C(1) << 18)        /* may have a migration agent */
#define SEVL_SNP_POLICY_DEBUG (UINT64_C(1) << 19)             /* the host may read it */
#define SEVL_SNP_POLICY_SINGLE_SOCKET (UINT64_C(1) << 20)     /* on one socket only */
#define SEVL_SNP_POLICY_CXL_ALLOW (UINT64_C(1) << 21)         /* with CXL devices */
#define SEVL_SNP_POLICY_MEM_AES_256_XTS (UINT64_C(1) << 22)   /* memory is so encrypted */
#define SEVL_SNP_POLICY_RAPL_DIS (UINT64_C(1) << 23)          /* without power meters */
#define SEVL_SNP_POLICY_CIPHERTEXT_HIDING (UINT64_C(1) << 24) /* of DRAM */
#define SEVL_SNP_POLICY_PAGE_SWAP_DISABLE (UINT64_C(1) << 25) /* pages stay where they are */

/* Bits of the platform. Bit 6 is set on genuine machines and has no published meaning. */
#define SEVL_SNP_PLATFORM_SMT (UINT64_C(1) << 0)
#define SEVL_SNP_PLATFORM_TSME (UINT64_C(1) << 1)
#define SEVL_SNP_PLATFORM_ECC (UINT64_C(1) << 2)
#define SEVL_SNP_PLATFORM_RAPL_DIS (UINT64_C(1) << 3)
#define SEVL_SNP_PLATFORM_CIPHERTEXT_HIDING (UINT64_C(1) << 4)
#define SEVL_SNP_PLATFORM_ALIAS_CHECK (UINT64_C(1) << 5)
#define SEVL_SNP_PLATFORM_TIO (UINT64_C(1) << 7)

/* Which key signs: SIGNING_KEY. */
enum sevl_snp_signer {
    SEVL_SNP_SIGNER_VCEK = 0,
    SEVL_SNP_SIGNER_VLEK = 1,
    SEVL_SNP_SIGNER_NONE = 7
};

/* Of the secure processor's firmware. */
struct sevl_snp_firmware_version {
    uint8_t build;
    uint8_t minor;
    uint8_t major;
};

/* VMPL of a report that the host asked for, and no guest. */
#define SEVL_SNP_VMPL_HOST UINT32_MAX

/*
 * A report. Numbers are read out; longer fields point into `bytes`, which stay the caller's.
 * What an older version does not have is 0.
 */
struct sevl_snp_report {
    const uint8_t *bytes; /* of SEVL_SNP_REPORT_SIZE */
    uint32_t version;
    uint32_t guest_svn;
    uint64_t policy;
    uint32_t vmpl; /* privilege level of who asked, or SEVL_SNP_VMPL_HOST */
    uint64_t platform_info;
    bool has_author_key;
    bool masks_chip_key;
    uint8_t signer;       /* of enum sevl_snp_signer, or a reserved number */
    bool has_cpuid;       /* from version 3 on: */
    uint8_t cpuid_family; /* extended family and family, added */
    uint8_t cpuid_model;  /* extended model and model, joined */
    uint8_t cpuid_stepping;
    struct sevl_snp_firmware_version current_version;
    struct sevl_snp_firmware_version committed_version;
    uint64_t launch_mitigations; /* from version 4 or 5 on; the bits have no published meaning */
    uint64_t current_mitigations;
    const uint8_t *family_id;         /* 16 bytes */
    const uint8_t *image_id;          /* 16 bytes */
    const uint8_t *report_data;       /* 64 bytes */
    const uint8_t *measurement;       /* 48 bytes */
    const uint8_t *host_data;         /* 32 bytes */
    const uint8_t *id_key_digest;     /* 48 bytes */
    const uint8_t *author_key_digest; /* 48 bytes */
    const uint8_t *report_id;         /* 32 bytes */
    const uint8_t *report_id_ma;      /* 32 bytes */
    const uint8_t *chip_id;           /* 64 bytes */
    const uint8_t *current_tcb;       /* these four: SEVL_SNP_TCB_SIZE bytes */
    const uint8_t *reported_tcb;
    const uint8_t *committed_tcb;
    const uint8_t *launch_tcb;
    enum sevl_result verdict; /* of sevl_snp_report_verify(); SEVL_ERROR_STATE before that */
};

/*
 * Reads a report of version 2 to 6. It is not verified.
 * Returns SEVL_OK; SEVL_ERROR_LENGTH if `size` is not SEVL_SNP_REPORT_SIZE; or
 * SEVL_ERROR_ENCODING if its version is another one, or a byte is not 0 that is reserved in
 * its version.
 */
SEVL_CHECK enum sevl_result sevl_snp_report_read(struct sevl_snp_report *report,
                                                 const uint8_t *bytes, size_t size);

/*
 * Tells the product by the processor's family and model.
 * Returns SEVL_OK; or SEVL_ERROR_ABSENT, and leaves `product` as it is, if the report does not
 * tell them (version 2), or they are of no product that is known here.
 */
SEVL_CHECK enum sevl_result sevl_snp_report_product(const struct sevl_snp_report *report,
                                                    enum sevl_snp_product *product);

#ifdef __cplusplus
}
#endif

#endif
