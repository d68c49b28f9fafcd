/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A guest as its owner chose it, and the launch digest that it must have:
 *
 *   LD = SHA-256(firmware || table of kernel hashes, with direct boot ||
 *                page of CPU 0 || page of each other CPU, with SEV-ES)
 *
 * See result.h for the conventions.
 */
#ifndef SEVLAUNCH_GUEST_H
#define SEVLAUNCH_GUEST_H

#include <stdbool.h>

#include "kernel.h"
#include "vmsa.h"

struct sevl_guest {
    struct sevl_digest firmware; /* updated with all of the firmware, not finished */
    bool has_kernel;             /* direct boot with kernel hashes */
    struct sevl_kernel kernel;
    uint32_t cpus; /* whose state is measured: 0 for SEV, SEVL_CPUS_MOST at most */
    struct sevl_cpu cpu;
    uint32_t reset_address; /* of the CPUs but the first, as the firmware says */
    /*
     * Pages to measure in place of `cpu`, of SEVL_VMSA_SIZE bytes each, that stay
     * the caller's: of CPU 0, and of the others (NULL when there is one CPU). NULL
     * for CPU 0: the pages are built.
     */
    const uint8_t *vmsa_cpu0;
    const uint8_t *vmsa_cpu1;
};

/*
 * Memory that pages are built in: whole ones where it has SEVL_VMSA_SIZE bytes or
 * more, else in parts. At least one byte.
 */
struct sevl_scratch {
    uint8_t *bytes;
    size_t size;
};

/*
 * Computes the launch digest.
 * Returns SEVL_OK; SEVL_ERROR_STATE when the firmware's digest is not open, there are
 * more CPUs than SEVL_CPUS_MOST, a page is given for CPU 0 and none for the others, or
 * there is no scratch memory; or SEVL_ERROR_CRYPTO.
 */
SEVL_CHECK enum sevl_result sevl_guest_digest(const struct sevl_guest *guest,
                                              struct sevl_scratch scratch,
                                              uint8_t launch_digest[SEVL_SHA256_SIZE]);

#endif
