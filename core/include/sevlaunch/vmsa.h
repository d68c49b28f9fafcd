/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * SEV-ES: the initial state of a CPU, which is measured as a page of its own
 * behind the rest, CPU 0 first (AMD 24593, appendix B; the values are those
 * of QEMU's x86_cpu_reset() and of KVM). See result.h for the conventions.
 */
#ifndef SEVLAUNCH_VMSA_H
#define SEVLAUNCH_VMSA_H

#include <stddef.h>
#include <stdint.h>

#include "result.h"

#define SEVL_VMSA_SIZE 4096

/* As many CPUs as KVM gives an SEV-ES guest at most. */
#define SEVL_CPUS_MOST 512

/* Who launches, for they set a few registers differently. */
enum sevl_vmm { SEVL_VMM_QEMU, SEVL_VMM_EC2, SEVL_VMM_GCE };

/*
 * What QEMU's CPUs have in mxcsr and the x87 control word: zeros with the legacy
 * VM type, which is its default, or their reset values where KVM_SEV_INIT2 was
 * used. The other VMMs have zeros.
 */
enum sevl_fpu { SEVL_FPU_LEGACY, SEVL_FPU_INIT2 };

struct sevl_cpu {
    uint32_t signature; /* CPUID leaf 1, EAX; only QEMU's CPUs start with it */
    enum sevl_vmm vmm;
    enum sevl_fpu fpu;
    uint64_t sev_features;
};

/* The address that CPU 0 starts at; the others start where the firmware says. */
#define SEVL_RESET_ADDRESS_CPU0 UINT32_C(0xfffffff0)

/*
 * The CPUID signature of a processor: `family` up to 270, `model` up to 255 and
 * `stepping` up to 15 are told apart.
 */
uint32_t sevl_cpu_signature(uint32_t family, uint32_t model, uint32_t stepping);

/*
 * The EPYC models of QEMU: "EPYC-Milan" and its versions "EPYC-Milan-v1" to `-v3`
 * have one signature.
 */
#define SEVL_CPU_TYPES 5
struct sevl_cpu_type {
    char name[11];
    uint8_t versions;
    uint32_t signature;
};
extern const struct sevl_cpu_type sevl_cpu_types[SEVL_CPU_TYPES];

/*
 * Writes `size` bytes of a CPU's page from `offset` on, so that small machines
 * need not hold it whole: `offset` + `size` is SEVL_VMSA_SIZE at most.
 */
void sevl_vmsa_read(const struct sevl_cpu *cpu, uint32_t reset_address, size_t offset,
                    uint8_t *bytes, size_t size);

#endif
