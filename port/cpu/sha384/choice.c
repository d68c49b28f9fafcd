/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "choice.h"

#include <stdbool.h>

/* Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, CPUID. */
#define ECX_SSSE3 0x00000200u    /* bit 9 */
#define ECX_OSXSAVE 0x08000000u  /* bit 27 */
#define ECX_AVX 0x10000000u      /* bit 28 */
#define EBX_AVX2 0x00000020u     /* bit 5 */
#define EBX_BMI2 0x00000100u     /* bit 8 */
#define EBX_AVX512F 0x00010000u  /* bit 16 */
#define EBX_AVX512BW 0x40000000u /* bit 30 */
#define EBX_AVX512VL 0x80000000u /* bit 31 */

/* SSE, AVX, and AVX-512's masks, upper halves and upper registers: volume 1, XCR0. */
#define XCR0_AVX512 0xe6u

/* Compilers use what AVX-512 includes, too. */
#define LANES_ECX (ECX_OSXSAVE | ECX_AVX)
#define LANES_EBX (EBX_AVX2 | EBX_AVX512F | EBX_AVX512BW | EBX_AVX512VL)

static bool has_all(uint32_t word, uint32_t bits)
{
    return (word & bits) == bits;
}

unsigned sevl_sha512_choose(struct sevl_x86_features features)
{
    unsigned choice = SEVL_SHA512_BY_C;
    if (has_all(features.leaf_1_ecx, ECX_SSSE3) && has_all(features.leaf_7_ebx, EBX_BMI2))
        choice |= SEVL_SHA512_BY_BMI2;
    if (has_all(features.leaf_1_ecx, LANES_ECX) && has_all(features.leaf_7_ebx, LANES_EBX) &&
        has_all(features.xcr0, XCR0_AVX512))
        choice |= SEVL_SHA512_BY_AVX512;
    return choice;
}
