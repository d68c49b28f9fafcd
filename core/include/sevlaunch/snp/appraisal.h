/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Whether a report that was verified is that of the guest that its owner chose (RFC 9334:
 * appraisal of evidence by reference values). Each check is passed, failed or not made, and
 * the caller can tell which. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SNP_APPRAISAL_H
#define SEVLAUNCH_SNP_APPRAISAL_H

#include "launch_digest.h"
#include "verification.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The checks. Those marked * are made always, the others if their value is expected. */
enum sevl_snp_check {
    SEVL_SNP_CHECK_DATES,             /* the time is one at which the certificates are valid */
    SEVL_SNP_CHECK_VERSION,           /* * of the report is one that has a known meaning */
    SEVL_SNP_CHECK_MEASUREMENT,       /* is one of those expected */
    SEVL_SNP_CHECK_REPORT_DATA,       /* is what the guest was to put there */
    SEVL_SNP_CHECK_HOST_DATA,         /* is what the host was to put there */
    SEVL_SNP_CHECK_ID_KEY_DIGEST,     /* is that of the key that signed the ID block */
    SEVL_SNP_CHECK_AUTHOR_KEY_DIGEST, /* is that of the key that signed this key */
    SEVL_SNP_CHECK_FAMILY_ID,         /* these two: are those of the ID block */
    SEVL_SNP_CHECK_IMAGE_ID,
    SEVL_SNP_CHECK_GUEST_SVN,        /* is not below the one expected */
    SEVL_SNP_CHECK_VMPL,             /* * is the privilege level expected */
    SEVL_SNP_CHECK_CHIP_ID,          /* is the processor expected */
    SEVL_SNP_CHECK_PROVIDER_ID,      /* is the cloud provider expected, of a VLEK */
    SEVL_SNP_CHECK_POLICY_FORM,      /* * has its bits that must be 1 and 0 */
    SEVL_SNP_CHECK_POLICY_DEBUG,     /* * lets nobody read the guest, unless this is allowed */
    SEVL_SNP_CHECK_POLICY_MIGRATION, /* * has no migration agent, unless this is allowed */
    SEVL_SNP_CHECK_POLICY_BITS,      /* has the bits that are required, and not those refused */
    SEVL_SNP_CHECK_PLATFORM_BITS,    /* the same of the platform */
    SEVL_SNP_CHECK_TCB_ORDER,        /* * reported <= committed <= current, part by part */
    SEVL_SNP_CHECK_REPORTED_TCB,     /* these four: no part is below the one expected */
    SEVL_SNP_CHECK_COMMITTED_TCB,
    SEVL_SNP_CHECK_LAUNCH_TCB,
    SEVL_SNP_CHECK_CURRENT_TCB,
    SEVL_SNP_CHECK_FIRMWARE, /* committed version is not below the one expected */
    SEVL_SNP_CHECKS
};

/* The bit of a check in a set of them. */
#define SEVL_SNP_CHECK_BIT(check) (UINT32_C(1) << (check))

/* The checks that are made whatever is expected. */
#define SEVL_SNP_CHECKS_ALWAYS                                                              \
    (SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_VERSION) | SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_VMPL) | \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_POLICY_FORM) |                                       \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_POLICY_DEBUG) |                                      \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_POLICY_MIGRATION) |                                  \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_TCB_ORDER))

/* Cleared memory is a check that was not made. */
enum sevl_snp_check_state {
    SEVL_SNP_NOT_MADE = 0,
    SEVL_SNP_PASSED = 0x1e96d3a5,
    SEVL_SNP_FAILED = 0x6169a45a
};

/* Bits that must be set, and bits that must not be. */
struct sevl_snp_bits {
    uint64_t required;
    uint64_t refused;
};

/*
 * What the owner expects. Zeroed memory expects nothing but what is checked always: VMPL 0,
 * no debugging, no migration agent; and no measurement, which is never a match.
 */
struct sevl_snp_expectations {
    uint32_t expected;        /* bits of the checks whose value is given below */
    bool without_measurement; /* no measurement is expected: any guest will do */
    bool allows_debug;
    bool allows_migration;
    bool allows_version_6; /* of the report: the last known one is 5 */
    uint64_t time;         /* seconds since 1970, UTC */
    const uint8_t (*measurements)[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    size_t measurement_count;
    uint8_t report_data[64];
    uint8_t host_data[32];
    uint8_t id_key_digest[48];
    uint8_t author_key_digest[48];
    uint8_t family_id[16];
    uint8_t image_id[16];
    uint32_t guest_svn_min;
    uint32_t vmpl;
    uint8_t chip_id[64]; /* of Turin: 8 bytes, then zeros */
    struct sevl_bytes provider_id;
    struct sevl_snp_bits policy;
    struct sevl_snp_bits platform;
    struct sevl_snp_tcb tcb_min; /* of all four checks of a TCB that are expected */
    struct sevl_snp_firmware_version firmware_min;
};

struct sevl_snp_appraisal {
    enum sevl_snp_check_state state[SEVL_SNP_CHECKS];
};

/*
 * Appraises a report that sevl_snp_report_verify() verified under this key.
 * Returns SEVL_MATCH if no check failed and the measurement was checked, or
 * `without_measurement` says that it need not be; SEVL_MISMATCH if not; or SEVL_ERROR_STATE,
 * with no check made, if the report's verdict is not SEVL_MATCH. `appraisal` tells each check.
 */
SEVL_CHECK enum sevl_result sevl_snp_appraise(const struct sevl_snp_report *report,
                                              const struct sevl_snp_key *key,
                                              const struct sevl_snp_expectations *expectations,
                                              struct sevl_snp_appraisal *appraisal);

#ifdef __cplusplus
}
#endif

#endif
