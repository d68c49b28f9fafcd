/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * CPUID signatures of the processors that have SEV-ES: what a guest's CPUs start with
 * where the host passes its own CPU through. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SILICON_H
#define SEVLAUNCH_SILICON_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A stepping that no CPU model of QEMU has (see cpu_types.h), by AMD's code name of the
 * product. Milan stepping 0 and all from 0x00a00f12 on but steppings 0 are those for which
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
