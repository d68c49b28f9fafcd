/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "constant_time.h"

#include <mbedtls/build_info.h> /* renames it for linkers */
#include <mbedtls/constant_time.h>

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    return mbedtls_ct_memcmp(a, b, size) == 0;
}
