/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "choice.h"

#include <cpuid.h>

#define CPUID_1_ECX_OSXSAVE (1u << 27)

static uint32_t read_xcr0(void)
{
    uint32_t eax;
    uint32_t edx;
    __asm__ volatile("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
    return eax;
}

struct sevl_x86_features sevl_sha512_ask_cpu(void)
{
    struct sevl_x86_features features = {0};
    unsigned eax;
    unsigned ebx;
    unsigned ecx;
    unsigned edx;
    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0)
        features.leaf_1_ecx = ecx;
    if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0)
        features.leaf_7_ebx = ebx;
    if ((features.leaf_1_ecx & CPUID_1_ECX_OSXSAVE) != 0)
        features.xcr0 = read_xcr0();
    return features;
}
