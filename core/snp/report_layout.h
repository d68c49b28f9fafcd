/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Offsets in a report (AMD 56860, table "ATTESTATION_REPORT"). */
#ifndef SEVLAUNCH_SNP_REPORT_LAYOUT_H
#define SEVLAUNCH_SNP_REPORT_LAYOUT_H

enum {
    GUEST_SVN = 0x004,
    POLICY = 0x008,
    FAMILY_ID = 0x010,
    IMAGE_ID = 0x020,
    VMPL = 0x030,
    SIGNATURE_ALGO = 0x034,
    CURRENT_TCB = 0x038,
    PLATFORM_INFO = 0x040,
    KEY_INFO = 0x048,
    REPORT_DATA = 0x050,
    MEASUREMENT = 0x090,
    HOST_DATA = 0x0c0,
    ID_KEY_DIGEST = 0x0e0,
    AUTHOR_KEY_DIGEST = 0x110,
    REPORT_ID = 0x140,
    REPORT_ID_MA = 0x160,
    REPORTED_TCB = 0x180,
    CPUID = 0x188,
    CHIP_ID = 0x1a0,
    COMMITTED_TCB = 0x1e0,
    CURRENT_VERSION = 0x1e8,
    COMMITTED_VERSION = 0x1ec,
    LAUNCH_TCB = 0x1f0,
    LAUNCH_MITIGATIONS = 0x1f8,
    EXTENDED_TCBS = 0x220,
    SIGNATURE = 0x2a0 /* r, then s; what is before is signed */
};

/* Each number of the signature, least significant byte first, in a longer field. */
#define SIGNATURE_FIELD 72
#define SIGNATURE_NUMBER 48
#define SIGNATURE_ECDSA_P384_SHA384 1

#define KEY_INFO_AUTHOR_KEY 1u
#define KEY_INFO_MASK_CHIP_KEY 2u
#define KEY_INFO_SIGNER 4u    /* times the number of the signer */
#define KEY_INFO_RESERVED 32u /* and above */

#endif
