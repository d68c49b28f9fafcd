/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The initial state of a CPU, which SEV-ES measures as a page of its own (AMD 24593,
 * appendix B; the values are those of QEMU's x86_cpu_reset() and of KVM). See sevlaunch.h
 * for the conventions.
 */
#ifndef SEVLAUNCH_VMSA_H
#define SEVLAUNCH_VMSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../result.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_VMSA_SIZE 4096

/* As many CPUs as a kernel gives a guest at most (KVM, CONFIG_KVM_MAX_NR_VCPUS). */
#define SEVL_CPUS_MAX 4096

/*
 * Who launches the guest: each sets a few registers in its own way. libkrun's values are
 * those of libkrunfw, utils/vmsa.h.
 */
enum sevl_vmm { SEVL_VMM_QEMU, SEVL_VMM_EC2, SEVL_VMM_GCE, SEVL_VMM_KRUN };

/*
 * What the CPUs have in mxcsr and in the x87 control word: zeros with KVM's legacy VM type,
 * which is QEMU's default for SEV-ES, or their reset values with KVM_SEV_INIT2, which SEV-SNP
 * always has on Linux 6.11 and later. Of EC2, GCE and libkrun, zeros alone were seen.
 */
enum sevl_fpu { SEVL_FPU_LEGACY, SEVL_FPU_INIT2 };

struct sevl_cpu {
    uint32_t signature; /* CPUID leaf 1, EAX; QEMU's CPUs start with it in RDX */
    enum sevl_vmm vmm;
    enum sevl_fpu fpu;     /* used with every VMM */
    uint64_t sev_features; /* bits as in AMD 24593, appendix B, SEV_FEATURES; none is refused */
    /*
     * For VMMs but QEMU: RDX holds `signature`. Otherwise it holds 0x600 with EC2 and GCE, and
     * 0 with libkrun. EC2 had 0 before April 2026.
     */
    bool has_own_rdx;
};

/* Where CPU 0 starts; the others start where the firmware says, but for libkrun's. */
#define SEVL_RESET_ADDRESS_CPU0 UINT32_C(0xfffffff0)

/* Where libkrun's qboot starts the others: it has no table that tells it. */
#define SEVL_RESET_ADDRESS_KRUN UINT32_C(0xfffffff3)

/*
 * Builds `size` bytes of a CPU's page, from `offset` on, so that a small machine need not
 * hold all of it. `offset` + `size` is at most SEVL_VMSA_SIZE. `reset_address` is where
 * this CPU starts, a guest-physical address: SEVL_RESET_ADDRESS_CPU0, or for other CPUs
 * the one of struct sevl_ovmf_footer or SEVL_RESET_ADDRESS_KRUN.
 */
void sevl_vmsa_build(const struct sevl_cpu *cpu, uint32_t reset_address, size_t offset,
                     uint8_t *bytes, size_t size);

/*
 * Reads a page: what sevl_vmsa_build() makes it of. RDX is the signature, whoever set it, and
 * `has_own_rdx` is true.
 * Returns SEVL_OK; SEVL_ERROR_ABSENT if the page is of a CPU, but no VMM that is known here
 * sets all of it so: what it tells is read, and `vmm` and `fpu` say nothing; or
 * SEVL_ERROR_ENCODING if it is of no CPU: EFER has no bit 12, RFLAGS no bit 1, the code segment
 * is not present, or bytes after the save area are not zero.
 */
SEVL_CHECK enum sevl_result sevl_vmsa_read(const uint8_t page[SEVL_VMSA_SIZE], struct sevl_cpu *cpu,
                                           uint32_t *reset_address);

#ifdef __cplusplus
}
#endif

#endif
