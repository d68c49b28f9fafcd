/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "choice.h"

struct sevl_x86_features __real_sevl_sha512_ask_cpu(void);
struct sevl_x86_features __wrap_sevl_sha512_ask_cpu(void);

/* A program that links this sees a CPU without AVX-512, as UEFI leaves one; or without BMI2, too.
 */
struct sevl_x86_features __wrap_sevl_sha512_ask_cpu(void)
{
    struct sevl_x86_features features = __real_sevl_sha512_ask_cpu();
    features.xcr0 = 0;
#ifdef WITHOUT_BMI2
    features.leaf_7_ebx = 0;
#endif
    return features;
}
