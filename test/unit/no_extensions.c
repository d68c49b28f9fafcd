/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <stdbool.h>

bool __wrap_sha256_has_extensions(void);

/* A CPU without the instructions, for what is linked with this. */
bool __wrap_sha256_has_extensions(void)
{
    return false;
}
