/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sevl_constant_time_equal, with Mbed TLS's comparison, for every two values of 0 to 32 bytes. */
#include "mbedtls_model.h"

#include <core/crypto/constant_time.c>
#include <sevlaunch/sha256.h>

static void compare(size_t size)
{
    uint8_t a[SEVL_SHA256_SIZE];
    uint8_t b[SEVL_SHA256_SIZE];
    const uint8_t *first = ENDING(a, size);
    const uint8_t *second = ENDING(b, size);
    bool is_equal = true;
    for (size_t i = 0; i < size; i++)
        is_equal = is_equal && first[i] == second[i];

    bool result = sevl_constant_time_equal(first, second, size);

    REACHES(size == SEVL_SHA256_SIZE && result);
    REACHES(size == SEVL_SHA256_SIZE && !result);
    PROVE(result == is_equal);
}

int main(void)
{
    size_t chosen = nondet_size();
    for (size_t size = 0; size <= SEVL_SHA256_SIZE; size++)
        if (size == chosen)
            compare(size);
}
