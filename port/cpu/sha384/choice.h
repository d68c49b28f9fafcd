/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Which code for SHA-512 and SHA-384 this x86-64 CPU and its operating system allow. */
#ifndef SEVLAUNCH_CPU_SHA512_CHOICE_H
#define SEVLAUNCH_CPU_SHA512_CHOICE_H

#include <stdint.h>

/* What decides: CPUID leaf 1, ECX; leaf 7, EBX; XCR0. 0 where the CPU has no such leaf or no XCR0.
 */
struct sevl_x86_features {
    uint32_t leaf_1_ecx;
    uint32_t leaf_7_ebx;
    uint32_t xcr0;
};

/* Results of sevl_sha512_choose(): SEVL_SHA512_BY_C always, with any of the others. */
#define SEVL_SHA512_BY_C 1u
#define SEVL_SHA512_BY_BMI2 2u
#define SEVL_SHA512_BY_AVX512 4u

/* Asks the CPU. It does not execute XGETBV unless OSXSAVE says that it may. */
struct sevl_x86_features sevl_sha512_ask_cpu(void);

/*
 * Returns what these features allow. Each is looked at alone: hypervisors hide single ones, and
 * firmware may leave the registers of AVX disabled.
 */
unsigned sevl_sha512_choose(struct sevl_x86_features features);

/* The choice for this CPU, which is asked once: in a virtual machine, each time costs a trap. */
unsigned sevl_sha512_choice(void);

#endif
