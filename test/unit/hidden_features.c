/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "choice.h"

#include <stdlib.h>

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

/* Or the program would test other code than its name says. */
__attribute__((constructor)) static void check_that_they_are_hidden(void)
{
    unsigned hidden = SEVL_SHA512_BY_AVX512;
#ifdef WITHOUT_BMI2
    hidden |= SEVL_SHA512_BY_BMI2;
#endif
    if ((sevl_sha512_choice() & hidden) != 0)
        abort();
}
