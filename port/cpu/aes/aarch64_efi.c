/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Mbed TLS's AES for AArch64 under EFI. It asks Linux whether the CPU has the instructions for
 * it, and elsewhere takes that for granted; this asks the CPU, which needs EL1 or above, where EFI
 * runs.
 */
#include <stdbool.h>
#include <stdint.h>

#include <common.h>

#include <aesce.h>

/* Arm Architecture Reference Manual, ID_AA64ISAR0_EL1.AES. */
#define AES_SHIFT 4
#define AES_MASK 15

/* Only once: in a virtual machine, each time costs a trap. */
static bool has_aes_instructions(void)
{
    static enum { UNKNOWN, ABSENT, PRESENT } instructions;
    if (instructions == UNKNOWN) {
        uint64_t features;
        __asm__("mrs %0, ID_AA64ISAR0_EL1" : "=r"(features));
        instructions = (features >> AES_SHIFT & AES_MASK) != 0 ? PRESENT : ABSENT;
    }
    return instructions == PRESENT;
}

#undef MBEDTLS_AESCE_HAS_SUPPORT
#define MBEDTLS_AESCE_HAS_SUPPORT() has_aes_instructions()

#include <aes.c> /* NOLINT(bugprone-suspicious-include): it is what this file is for */
