/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* For AArch64 without an operating system. It needs EL1 or above, where EFI runs. */
#include "sha256.h"

#include <stdint.h>

/* Arm Architecture Reference Manual, ID_AA64ISAR0_EL1.SHA2. */
#define SHA2_SHIFT 12
#define SHA2_MASK 15

bool sevl_sha256_has_extensions(void)
{
    uint64_t features;
    __asm__("mrs %0, ID_AA64ISAR0_EL1" : "=r"(features));
    return (features >> SHA2_SHIFT & SHA2_MASK) != 0;
}
