/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Why a measurement does not match: finds the mistake, or the two, with which it
 * would have matched. What it finds explains a mismatch; it never excuses one.
 * See result.h for the conventions.
 */
#ifndef SEVLAUNCH_DIAGNOSE_H
#define SEVLAUNCH_DIAGNOSE_H

#include "guest.h"
#include "measurement.h"

/*
 * The kernel's command line as it streams by, so that other endings of it can be
 * tried. Zeroed memory is a valid one that was never begun.
 */
struct sevl_cmdline {
    struct sevl_digest head; /* of all but the last byte */
    uint8_t last;
    bool has_last;
};

/*
 * Begin a command line, append to it, and compute its hash, with the NUL that ends
 * it, for struct sevl_kernel. They return what sevl_digest_init(),
 * sevl_digest_update() and sevl_digest_finish() do. When one of the first two fails,
 * the command line is wiped, and fails until it is begun again; to compute its hash
 * leaves it as it was.
 */
SEVL_CHECK enum sevl_result sevl_cmdline_init(struct sevl_cmdline *cmdline);
SEVL_CHECK enum sevl_result sevl_cmdline_update(struct sevl_cmdline *cmdline, const void *data,
                                                size_t size);
SEVL_CHECK enum sevl_result sevl_cmdline_hash(const struct sevl_cmdline *cmdline,
                                              uint8_t hash[SEVL_SHA256_SIZE]);

/* What a guest owner went by when the measurement did not match. */
struct sevl_evidence {
    /*
     * The guest as it was hashed. `cpus` may be set, with what belongs to it, for
     * a policy without ES too: then CPU state is what is tried.
     */
    struct sevl_guest guest;
    bool has_firmware; /* false: only the launch digest is known, and `guest` is not used */
    uint64_t firmware_size;
    struct sevl_cmdline cmdline; /* used with guest.has_kernel */
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    struct sevl_launch launch;
    struct sevl_measurement reported;
};

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
#define SEVL_FINDINGS_MOST 2
struct sevl_finding {
    enum sevl_mistake mistake;
    uint32_t value;
};
struct sevl_findings {
    uint32_t count;
    struct sevl_finding finding[SEVL_FINDINGS_MOST];
    uint32_t tried; /* when nothing is found: bit 1 << mistake of each that was tried, else 0 */
};

/* With less scratch, CPU pages take longer to build than to hash: 70 times with one byte. */
#define SEVL_DIAGNOSE_SCRATCH_MIN 64

/*
 * Tries each of these: the keys swapped; any build; one bit of the policy, or two;
 * an API minor version up to 8 off; an API major version one up or down; no kernel
 * hashes; no initrd; every ending of the command line, with the initrd and without;
 * the firmware filled up with zeros to a page of 4096 bytes; SEV taken for SEV-ES or
 * the reverse, which changes policy and CPUs; 1 to SEVL_CPUS_MOST CPUs; another VMM
 * or QEMU's other FPU state, with the SEV features as given, 0, 0x20, 0x1 or 0x21;
 * these features alone; and every EPYC signature, where QEMU launches. Any build, or
 * swapped keys, is tried with each of those that is one mistake, but for a number of
 * CPUs and for two bits of the policy.
 *
 * Returns SEVL_OK with the mistakes in `findings`, SEVL_ERROR_ABSENT with what was
 * tried in `findings` when nothing of that matches, SEVL_ERROR_LENGTH when `scratch`
 * has fewer than SEVL_DIAGNOSE_SCRATCH_MIN bytes, SEVL_ERROR_STATE when a digest is
 * not open, or the guest or the scratch memory is none that sevl_guest_digest() takes,
 * or SEVL_ERROR_CRYPTO. The inputs are not changed.
 */
SEVL_CHECK enum sevl_result sevl_diagnose(const struct sevl_evidence *evidence,
                                          const uint8_t tek[SEVL_TEK_SIZE],
                                          const uint8_t tik[SEVL_TIK_SIZE],
                                          struct sevl_scratch scratch,
                                          struct sevl_findings *findings);

#endif
