/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* CPUID signatures, and QEMU's and AMD's names for them. See sevlaunch.h for the conventions. */
#ifndef SEVLAUNCH_CPU_TYPES_H
#define SEVLAUNCH_CPU_TYPES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Returns the CPUID signature of a processor, leaf 1 EAX (AMD 24594, appendix E.3.2).
 * `family` is 0 to 270, `model` 0 to 255 and `stepping` 0 to 15; of larger numbers the
 * upper bits are left out.
 */
uint32_t sevl_cpu_signature(uint32_t family, uint32_t model, uint32_t stepping);

/*
 * An EPYC model of QEMU (target/i386/cpu.c). "EPYC-Milan" and all its versions,
 * "EPYC-Milan-v1" and on, have one signature: QEMU gives versions no other one.
 */
struct sevl_cpu_type {
    char name[11];      /* with its NUL */
    uint32_t signature; /* CPUID leaf 1, EAX */
};

/* All of them, the oldest first. */
#define SEVL_CPU_TYPES 5
extern const struct sevl_cpu_type sevl_cpu_types[SEVL_CPU_TYPES];

/*
 * A processor that has SEV-ES, with a stepping that no CPU model of QEMU has: what a
 * guest's CPUs start with where the host passes its own CPU through. `name` is AMD's code
 * name. Milan stepping 0 and all from 0x00a00f12 on but steppings 0 are those for which
 * Linux knows microcode (arch/x86/kernel/cpu/microcode/amd.c, the upper bytes of a
 * revision); the others are the steppings below these. Siena has Bergamo's signatures.
 */
struct sevl_silicon {
    char name[17];
    uint32_t signature;
};

#define SEVL_SILICON_COUNT 11
extern const struct sevl_silicon sevl_silicon[SEVL_SILICON_COUNT];

#ifdef __cplusplus
}
#endif

#endif
