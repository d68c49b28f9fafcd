/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A SEV or SEV-ES guest as its owner chose it, and the launch digest that it must have
 * (AMD 55766, section 6.3, LAUNCH_UPDATE_DATA, and 6.4, LAUNCH_UPDATE_VMSA):
 *
 *   LD = SHA-256(firmware || table of kernel hashes, with direct boot ||
 *                page of CPU 0 || page of each other CPU, with SEV-ES)
 *
 * See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_LAUNCH_DIGEST_H
#define SEVLAUNCH_LAUNCH_DIGEST_H

#include "../guest/kernel_hashes.h"
#include "../guest/vmsa.h"
#include "../scratch.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_LAUNCH_DIGEST_SIZE SEVL_SHA256_SIZE

struct sevl_sev_guest {
    struct sevl_sha256 firmware;      /* updated with all of the firmware, not finished */
    bool has_kernel;                  /* direct boot with kernel hashes */
    struct sevl_kernel_hashes kernel; /* used with has_kernel */
    /*
     * Whose state is measured: 0 for SEV, 1 to SEVL_CPUS_MAX for SEV-ES. More are refused. No
     * function compares this with the policy: see sevl_policy_is_es().
     */
    uint32_t cpus;
    struct sevl_cpu cpu; /* what every CPU is, where pages are built */
    /*
     * Guest-physical, where the built CPUs but the first start: struct sevl_ovmf_footer has
     * it. The 0 of a firmware that tells none is not refused here.
     */
    uint32_t reset_address;
    /*
     * Pages to measure in place of `cpu`, of SEVL_VMSA_SIZE bytes each: of CPU 0, and of
     * the others (may be NULL if there is one CPU). NULL for CPU 0: all pages are built, and
     * one for the others is not used. They stay the caller's, who keeps them unchanged until
     * the last call that gets this guest or a copy of it, in sevl_reference_values too.
     */
    const uint8_t *vmsa_cpu0;
    const uint8_t *vmsa_cpu1;
};

/* Where a page is given for CPU 0, one is for the others. */
static inline bool sevl_sev_guest_is_valid(const struct sevl_sev_guest *guest)
{
    return guest->cpus <= SEVL_CPUS_MAX &&
           (guest->cpus < 2 || guest->vmsa_cpu0 == NULL || guest->vmsa_cpu1 != NULL);
}

/*
 * Computes the launch digest. The guest stays as it is.
 * Returns SEVL_OK; SEVL_ERROR_STATE if the stream of the firmware is not open, there are
 * more CPUs than SEVL_CPUS_MAX, a page is given for CPU 0 and none for the others, or
 * there is no scratch; or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_sev_launch_digest(const struct sevl_sev_guest *guest,
                                                   struct sevl_scratch scratch,
                                                   uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE]);

/*
 * The steps of sevl_sev_launch_digest(), for who needs the digests of guests that differ in
 * their CPUs: the digest of a guest is that of a copy of the stream which
 * sevl_sha256_finish() gets. Each needs a valid guest and scratch. Each returns SEVL_OK,
 * SEVL_ERROR_STATE if the stream of the firmware, or `digest`, is not open, or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */

/* Begins `digest`, in memory of any content, with what comes before the CPUs. */
SEVL_CHECK enum sevl_result sevl_sev_launch_digest_start(const struct sevl_sev_guest *guest,
                                                         struct sevl_sha256 *digest);

/* Appends the page of CPU 0. */
SEVL_CHECK enum sevl_result sevl_sev_launch_digest_append_cpu0(const struct sevl_sev_guest *guest,
                                                               struct sevl_sha256 *digest,
                                                               struct sevl_scratch scratch);

/* Appends the pages of `count` other CPUs. */
SEVL_CHECK enum sevl_result sevl_sev_launch_digest_append_others(const struct sevl_sev_guest *guest,
                                                                 struct sevl_sha256 *digest,
                                                                 uint32_t count,
                                                                 struct sevl_scratch scratch);

#ifdef __cplusplus
}
#endif

#endif
