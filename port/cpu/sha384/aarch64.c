/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The hook for AArch64 without an operating system. It needs EL1 or above, where EFI runs. */
#include "hook.h"

#include <stdbool.h>
#include <stdint.h>

/* Arm Architecture Reference Manual, ID_AA64ISAR0_EL1.SHA2: from 2 on, SHA-512, too. */
#define SHA2_SHIFT 12
#define SHA2_MASK 15
#define SHA2_SHA512 2

static bool has_sha512(void)
{
    uint64_t features;
    __asm__("mrs %0, ID_AA64ISAR0_EL1" : "=r"(features));
    return (features >> SHA2_SHIFT & SHA2_MASK) >= SHA2_SHA512;
}

int mbedtls_internal_sha512_process(struct mbedtls_sha512_context *context,
                                    const unsigned char data[128])
{
    static enum { UNKNOWN, ABSENT, PRESENT } instructions;
    if (instructions == UNKNOWN)
        instructions = has_sha512() ? PRESENT : ABSENT;
    return instructions == PRESENT ? sevl_sha512_process_armv8(context, data)
                                   : sevl_sha512_process_c(context, data);
}
