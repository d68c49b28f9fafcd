/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Mbed TLS's functions as core/crypto/ may find them: any result, any error,
 * anything left in a context.
 */
#ifndef SEVLAUNCH_MBEDTLS_MODEL_H
#define SEVLAUNCH_MBEDTLS_MODEL_H

#define WIPE_BY_MBEDTLS
#include "wipe_model.h"

#include <mbedtls/platform_util.h>
#include <mbedtls/sha256.h>

static int error; /* the result of the last call */

static int any_error(void)
{
    error = nondet_bool() ? 0 : nondet_int();
    return error;
}

void mbedtls_platform_zeroize(void *memory, size_t size)
{
    if (size > 0)
        memset(memory, 0, size);
    note_wiped(memory, size);
}

#include <core/crypto/wipe.c>

#endif
