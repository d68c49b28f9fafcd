/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sevl_constant_time_equal, as constant_time.h specifies it. */
#ifndef SEVLAUNCH_EQUAL_MODEL_H
#define SEVLAUNCH_EQUAL_MODEL_H

#include "proof.h"

bool sevl_constant_time_equal(const void *a, const void *b, size_t size)
{
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size));
    for (size_t i = 0; i < size; i++)
        if (((const uint8_t *)a)[i] != ((const uint8_t *)b)[i])
            return false;
    return true;
}

#endif
