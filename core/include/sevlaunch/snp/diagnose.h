/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Why a MEASUREMENT is not the launch digest of a guest: finds the mistake, or the few, with
 * which it would be. What it finds explains a mismatch; it never excuses one. See sevlaunch.h
 * for the conventions.
 */
#ifndef SEVLAUNCH_SNP_DIAGNOSE_H
#define SEVLAUNCH_SNP_DIAGNOSE_H

#include "../guest/cmdline.h"
#include "firmware_variants.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the owner chose (RFC 9334: reference values): that whose digest was not reported. */
struct sevl_snp_reference_values {
    struct sevl_snp_guest guest;
    /*
     * Of the guest's firmware, which was finished; NULL: no other image is tried. They stay the
     * caller's.
     */
    const struct sevl_snp_firmware_variants *firmware;
    /*
     * The one that is hashed in guest.kernel; used with guest.has_kernel. If it is not open, as
     * where only a hash is known, no other end of it is tried.
     */
    struct sevl_cmdline cmdline;
};

/* What an attestation report tells of the launch. */
struct sevl_snp_reported {
    uint8_t measurement[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* not the digest of the reference's guest */
    /* The CPUID signature of the processor that made it; 0: not told. A guest may have another. */
    uint32_t signature;
};

enum sevl_snp_mistake {
    SEVL_SNP_MISTAKE_NONE,
    SEVL_SNP_MISTAKE_KERNEL_UNMEASURED, /* no kernel hashes were measured */
    SEVL_SNP_MISTAKE_KERNEL_EXCHANGED,  /* kernel and initrd were taken for each other */
    SEVL_SNP_MISTAKE_INITRD,            /* no initrd was launched */
    SEVL_SNP_MISTAKE_CMDLINE,           /* value: see sevl_cmdline_variant_from_value() */
    SEVL_SNP_MISTAKE_CMDLINE_ABSENT,    /* no command line was launched */
    SEVL_SNP_MISTAKE_HASHES_FIRST,      /* SEVL_SNP_QUIRK_HASHES_FIRST */
    SEVL_SNP_MISTAKE_SVSM_CAA,          /* SEVL_SNP_QUIRK_NO_SVSM_CAA */
    /* Of an enum sevl_snp_firmware_change each; value: the bytes that differ. */
    SEVL_SNP_MISTAKE_VARIABLE_STORE,
    SEVL_SNP_MISTAKE_FILL,
    SEVL_SNP_MISTAKE_ZERO_FILL,
    SEVL_SNP_MISTAKE_ERASED_FILL,
    SEVL_SNP_MISTAKE_VMM,           /* value: an enum sevl_vmm, with the FPU state that is its own:
                                       SEVL_FPU_INIT2 for QEMU, else SEVL_FPU_LEGACY; and, but for
                                       QEMU, with its own RDX */
    SEVL_SNP_MISTAKE_SEV_FEATURES,  /* value: the features that match */
    SEVL_SNP_MISTAKE_FPU,           /* value: an enum sevl_fpu */
    SEVL_SNP_MISTAKE_CPU_SIGNATURE, /* value: the signature that matches */
    SEVL_SNP_MISTAKE_CPUS           /* value: the number of CPUs that matches */
};

/* The mistakes that explain a mismatch together: one to five. */
#define SEVL_SNP_FINDINGS_MAX 5
struct sevl_snp_finding {
    enum sevl_snp_mistake mistake;
    uint32_t value; /* as told at the mistake, else 0 */
};
struct sevl_snp_findings {
    uint32_t count;
    struct sevl_snp_finding finding[SEVL_SNP_FINDINGS_MAX];
    /* If nothing is found, bit 1 << N for each N of enum sevl_snp_tried; else 0. */
    uint32_t tried;   /* all of it was tried, and does not match */
    uint32_t skipped; /* the guest has it, but the budget was too small to try all of it */
};

static inline bool sevl_snp_findings_are_valid(const struct sevl_snp_findings *findings)
{
    return findings->count <= SEVL_SNP_FINDINGS_MAX && (findings->tried & findings->skipped) == 0;
}

/*
 * What a diagnosis tries, in this order; what a group needs is told there.
 *
 * A usual SEV features is 0x1 with or without DebugSwap, 0x20, and SecureTSC, 0x200: what KVM
 * lets a VMM set. A known signature is one of sevl_cpu_types, and that of the report or, if it
 * tells none, one of sevl_silicon; with other VMMs than QEMU it is 0x600 or 0.
 */
enum sevl_snp_tried {
    SEVL_SNP_TRIED_SEV_FEATURES,      /* each usual one */
    SEVL_SNP_TRIED_FPU,               /* the other FPU state, features as given or usual */
    SEVL_SNP_TRIED_CPU_SIGNATURE,     /* each known one */
    SEVL_SNP_TRIED_CPUS,              /* if others than the first are known: 1 to SEVL_CPUS_MAX */
    SEVL_SNP_TRIED_KERNEL_UNMEASURED, /* with a kernel: no kernel hashes */
    SEVL_SNP_TRIED_KERNEL_EXCHANGED,  /* with a kernel: kernel for initrd and the reverse */
    SEVL_SNP_TRIED_INITRD,            /* with a kernel: no initrd */
    SEVL_SNP_TRIED_HASHES_FIRST,      /* with a kernel: its hashes before the sections */
    SEVL_SNP_TRIED_SVSM_CAA,          /* with a section of that type: without it */
    SEVL_SNP_TRIED_VARIABLE_STORE,    /* with such a variant of the firmware: that */
    SEVL_SNP_TRIED_FILL,              /* with a variant without fill: that */
    SEVL_SNP_TRIED_FILLED,            /* with filled variants: these */
    /*
     * With a kernel: no command line; and, if it is open, each variant that
     * sevl_cmdline_hash_variant() makes: without its quotation marks; without the NUL; one NUL
     * more; without each number of bytes of its tail; and with and without all the tail a
     * newline, CR LF or nothing, and 0 to SEVL_CMDLINE_BLANKS_MAX blanks. Each with the initrd
     * and without.
     */
    SEVL_SNP_TRIED_CMDLINE,
    /*
     * Each other VMM but libkrun, with kernel hashes and without, both FPU states, features as
     * given or usual, and signatures as given or known.
     */
    SEVL_SNP_TRIED_VMM,
    /* Any of the groups from the kernel on to the command line, with FPU state or features. */
    SEVL_SNP_TRIED_WITH_STATE,
    /*
     * Signature, FPU state, features and, if others than the first are known, 1 to
     * SEVL_SNP_DIAGNOSE_CPUS_MAX CPUs, any of them together.
     */
    SEVL_SNP_TRIED_CPU_COMBINATIONS
};

#define SEVL_SNP_DIAGNOSE_CPUS_MAX 256

/* With less scratch, CPU pages take longer to build than to hash. */
#define SEVL_SNP_DIAGNOSE_SCRATCH_MIN 64

/*
 * Looks for what explains a mismatch: see enum sevl_snp_tried. The search ends before it hashes
 * more than `budget` blocks of 128 bytes with SHA-384.
 *
 * `scratch` has at least SEVL_SNP_DIAGNOSE_SCRATCH_MIN bytes; afterwards it holds parts of
 * pages, which are public. The inputs are not changed.
 *
 * Returns SEVL_OK with the mistakes in `findings`; SEVL_ERROR_ABSENT, with what was tried in
 * `findings`, if nothing of that matches; SEVL_ERROR_LENGTH if `scratch` is too small;
 * SEVL_ERROR_STATE if sevl_snp_launch_digest() would not take the guest or the scratch; or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_snp_diagnose(const struct sevl_snp_reference_values *reference,
                                              const struct sevl_snp_reported *reported,
                                              struct sevl_scratch scratch, uint32_t budget,
                                              struct sevl_snp_findings *findings);

#ifdef __cplusplus
}
#endif

#endif
