/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Why a measurement does not match: finds the mistake, or the few, with which it
 * would have matched. What it finds explains a mismatch; it never excuses one.
 * See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_DIAGNOSE_H
#define SEVLAUNCH_DIAGNOSE_H

#include "../guest/cmdline.h"
#include "../guest/variable_store.h"
#include "measurement.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What the owner chose (RFC 9334: reference values): that with which the measurement did
 * not match.
 */
struct sevl_reference_values {
    /*
     * The guest as it was hashed. `cpus` may be set, with what belongs to it, for
     * a policy without ES too: then CPU state is what is tried.
     */
    struct sevl_sev_guest guest;
    bool has_firmware;      /* false: only the launch digest is known, and `guest` is not used */
    uint64_t firmware_size; /* in bytes: all that guest.firmware was updated with */
    /*
     * Updated with the same bytes, and open; NULL: no variable store is tried. It stays the
     * caller's.
     */
    const struct sevl_firmware_code *firmware_code;
    struct sevl_cmdline cmdline; /* used with guest.has_kernel: the one that is hashed there */
    uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE]; /* with which there was no match */
};

/* The guest matters only with firmware. */
static inline bool sevl_reference_values_are_valid(const struct sevl_reference_values *reference)
{
    return !reference->has_firmware || sevl_sev_guest_is_valid(&reference->guest);
}

enum sevl_mistake {
    SEVL_MISTAKE_NONE,
    SEVL_MISTAKE_KEYS_SWAPPED,      /* the TEK was used for the TIK */
    SEVL_MISTAKE_POLICY,            /* value: the policy that matches */
    SEVL_MISTAKE_POLICY_BASE,       /* value: the policy that matches: the same digits, read in
                                       hexadecimal and not in decimal, or the reverse */
    SEVL_MISTAKE_API_MAJOR,         /* value: the version that matches */
    SEVL_MISTAKE_API_MINOR,         /* value: the version that matches */
    SEVL_MISTAKE_BUILD,             /* value: the build that matches */
    SEVL_MISTAKE_ES,                /* value: the policy that matches, ES the other way */
    SEVL_MISTAKE_KERNEL_UNMEASURED, /* no kernel hashes were measured */
    SEVL_MISTAKE_KERNEL_EXCHANGED,  /* kernel and initrd were taken for each other */
    SEVL_MISTAKE_INITRD,            /* no initrd was launched */
    SEVL_MISTAKE_CMDLINE,           /* value: see sevl_cmdline_variant_from_value() */
    SEVL_MISTAKE_CMDLINE_ABSENT,    /* no command line was launched */
    SEVL_MISTAKE_FIRMWARE_PADDED,   /* value: the zero bytes that follow the firmware */
    SEVL_MISTAKE_VARIABLE_STORE,    /* value: the bytes of the store that was not launched */
    SEVL_MISTAKE_CPUS,              /* value: the number of CPUs that matches */
    SEVL_MISTAKE_CPU_SIGNATURE,     /* value: the signature that matches */
    SEVL_MISTAKE_FPU,               /* value: an enum sevl_fpu */
    SEVL_MISTAKE_SEV_FEATURES,      /* value: the features that match */
    SEVL_MISTAKE_VMM                /* value: an enum sevl_vmm; all but QEMU have SEVL_FPU_LEGACY */
};

/* The mistakes that explain a mismatch together: one to four. */
#define SEVL_FINDINGS_MAX 4
struct sevl_finding {
    enum sevl_mistake mistake;
    uint32_t value; /* as told at the mistake, else 0 */
};
struct sevl_findings {
    uint32_t count;
    struct sevl_finding finding[SEVL_FINDINGS_MAX];
    /* If nothing is found, bit 1 << N for each N of enum sevl_tried; else 0. */
    uint32_t tried;   /* all of it was tried, and does not match */
    uint32_t skipped; /* the launch has it, but the budget was too small to try all of it */
};

static inline bool sevl_findings_are_valid(const struct sevl_findings *findings)
{
    return findings->count <= SEVL_FINDINGS_MAX && (findings->tried & findings->skipped) == 0;
}

/*
 * What a diagnosis tries, in this order. "Any launch" can have the first five, and the last
 * one; what each of the others needs is told there.
 */
enum sevl_tried {
    SEVL_TRIED_KEYS_SWAPPED, /* alone, and with any build */
    SEVL_TRIED_BUILD,        /* any other build */
    /*
     * Hexadecimal that was read as decimal, or the reverse: the policy, with any of the API
     * version's numbers and the build read so, too. If that changes ES, CPUs are needed as for
     * SEVL_TRIED_ES; without them this is neither tried nor skipped.
     */
    SEVL_TRIED_POLICY_BASE,
    SEVL_TRIED_POLICY,            /* one bit of the policy changed, or two, but not ES */
    SEVL_TRIED_API_VERSION,       /* 0.0 to 1.255, and any minor with the major given */
    SEVL_TRIED_KERNEL_UNMEASURED, /* with a kernel: no kernel hashes */
    SEVL_TRIED_KERNEL_EXCHANGED,  /* with a kernel: kernel for initrd and the reverse */
    SEVL_TRIED_INITRD,            /* with a kernel: no initrd */
    /*
     * With a kernel: no command line, with the initrd and without; and so each other end:
     * without its quotation marks; without the NUL; one NUL more; without each number of bytes
     * of its tail (see struct sevl_cmdline); and with and without all the tail a newline, CR LF
     * or nothing, and 0 to SEVL_CMDLINE_BLANKS_MAX blanks.
     */
    SEVL_TRIED_CMDLINE,
    SEVL_TRIED_FIRMWARE_PADDED, /* firmware whose last page is not full: zeros up to there */
    SEVL_TRIED_VARIABLE_STORE,  /* with firmware_code: without each store that is smaller */
    /*
     * With CPUs, or a launch digest alone: ES of the policy changed, alone or with another bit,
     * and the CPUs that are then measured.
     */
    SEVL_TRIED_ES,
    SEVL_TRIED_VMM,           /* with built CPUs: another VMM but libkrun, features as given, 0,
                                 0x20, 0x1 or 0x21 */
    SEVL_TRIED_SEV_FEATURES,  /* with built CPUs: 0, 0x20, 0x1 or 0x21 */
    SEVL_TRIED_FPU,           /* with QEMU's CPUs: the other FPU state, features as for a VMM */
    SEVL_TRIED_CPU_SIGNATURE, /* with QEMU's CPUs: sevl_cpu_types and sevl_silicon */
    SEVL_TRIED_CPUS,          /* if others than the first are known: 1 to SEVL_CPUS_MAX */
    SEVL_TRIED_WITH_OTHERS,   /* any other build, or swapped keys, with each single mistake of the
                                 above but a version or a number of CPUs */
    SEVL_TRIED_CPU_PAIRS,     /* with QEMU's CPUs, if others than the first are known: signature,
                                 FPU state and 1 to SEVL_DIAGNOSE_CPUS_MAX CPUs, two of them */
    SEVL_TRIED_VERSIONS       /* each of SEVL_TRIED_API_VERSION with each build */
};

#define SEVL_DIAGNOSE_CPUS_MAX 256

/* With less scratch, CPU pages take longer to build than to hash: 70 times with one byte. */
#define SEVL_DIAGNOSE_SCRATCH_MIN 64

/*
 * Looks for what explains a mismatch: see enum sevl_tried. The search ends before it hashes
 * more than `budget` blocks of 64 bytes with SHA-256. `tek` may be NULL: then swapped keys
 * are not tried.
 *
 * `scratch` has at least SEVL_DIAGNOSE_SCRATCH_MIN bytes; afterwards it holds parts of
 * pages, which are public. The inputs are not changed.
 *
 * Returns SEVL_OK with the mistakes in `findings`; SEVL_ERROR_ABSENT, with what was tried
 * in `findings`, if nothing of that matches; SEVL_ERROR_LENGTH if `scratch` is too small;
 * SEVL_ERROR_STATE if a stream is not open, or sevl_sev_launch_digest() would not take
 * the guest or the scratch; or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result
sevl_diagnose(const struct sevl_reference_values *reference, const struct sevl_evidence *evidence,
              const uint8_t tek[SEVL_TEK_SIZE], const uint8_t tik[SEVL_TIK_SIZE],
              struct sevl_scratch scratch, uint32_t budget, struct sevl_findings *findings);

#ifdef __cplusplus
}
#endif

#endif
