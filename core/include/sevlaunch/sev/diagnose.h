/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Why a measurement does not match: finds the mistake, or the two, with which it
 * would have matched. What it finds explains a mismatch; it never excuses one.
 * See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_DIAGNOSE_H
#define SEVLAUNCH_DIAGNOSE_H

#include "../guest/cmdline.h"
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
    SEVL_MISTAKE_API_MAJOR,         /* value: the version that matches */
    SEVL_MISTAKE_API_MINOR,         /* value: the version that matches */
    SEVL_MISTAKE_BUILD,             /* value: the build that matches */
    SEVL_MISTAKE_ES,                /* value: the policy that matches, ES the other way */
    SEVL_MISTAKE_KERNEL_UNMEASURED, /* no kernel hashes were measured */
    SEVL_MISTAKE_INITRD,            /* no initrd was launched */
    SEVL_MISTAKE_CMDLINE,           /* value: an enum sevl_cmdline_ending */
    SEVL_MISTAKE_FIRMWARE_PADDED,   /* value: the zero bytes that follow the firmware */
    SEVL_MISTAKE_CPUS,              /* value: the number of CPUs that matches */
    SEVL_MISTAKE_CPU_SIGNATURE,     /* value: the signature that matches */
    SEVL_MISTAKE_FPU,               /* value: an enum sevl_fpu */
    SEVL_MISTAKE_SEV_FEATURES,      /* value: the features that match */
    SEVL_MISTAKE_VMM                /* value: an enum sevl_vmm */
};

/* How the command line that was launched ends other than the one given. */
enum sevl_cmdline_ending {
    SEVL_CMDLINE_NEWLINE_MORE,
    SEVL_CMDLINE_BLANK_MORE,
    SEVL_CMDLINE_NUL_MORE,
    SEVL_CMDLINE_NUL_LESS,
    SEVL_CMDLINE_LAST_LESS /* a newline, blank or NUL that is given last */
};

/* The mistakes that explain a mismatch together: one or two. */
#define SEVL_FINDINGS_MAX 2
struct sevl_finding {
    enum sevl_mistake mistake;
    uint32_t value; /* as told at the mistake, else 0 */
};
struct sevl_findings {
    uint32_t count;
    struct sevl_finding finding[SEVL_FINDINGS_MAX];
    uint32_t tried; /* if nothing is found: bit 1 << mistake of each that was tried, else 0 */
};

static inline bool sevl_findings_are_valid(const struct sevl_findings *findings)
{
    return findings->count <= SEVL_FINDINGS_MAX;
}

/* With less scratch, CPU pages take longer to build than to hash: 70 times with one byte. */
#define SEVL_DIAGNOSE_SCRATCH_MIN 64

/*
 * Tries each of these: the keys swapped; any build; one bit of the policy, or two;
 * an API minor version up to 8 off; an API major version one up or down; no kernel
 * hashes; no initrd; every ending of the command line, with the initrd and without;
 * the firmware filled up with zeros to a page of 4096 bytes; SEV taken for SEV-ES or
 * the reverse, which changes policy and CPUs; 1 to SEVL_CPUS_MAX CPUs; another VMM
 * or QEMU's other FPU state, with the SEV features as given, 0, 0x20, 0x1 or 0x21;
 * these features alone; and every EPYC signature, if QEMU launches. Any build, or
 * swapped keys, is tried with each of those that is one mistake, but for a number of
 * CPUs and for two bits of the policy. `tek` may be NULL: then swapped keys are not tried.
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
              struct sevl_scratch scratch, struct sevl_findings *findings);

#ifdef __cplusplus
}
#endif

#endif
