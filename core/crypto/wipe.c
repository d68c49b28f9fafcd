/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/wipe.h"

#include <mbedtls/platform_util.h>

void sevl_wipe(void *memory, size_t size)
{
    mbedtls_platform_zeroize(memory, size);
}
