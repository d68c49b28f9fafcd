/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <stdbool.h>

bool __wrap_sevl_sha256_has_extensions(void);

/* A program that links this sees a CPU without the instructions. */
bool __wrap_sevl_sha256_has_extensions(void)
{
    return false;
}
