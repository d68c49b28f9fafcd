/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The row of a product by Mbed TLS's own multiplication of a limb, which its bignum_core.c is
 * made of: for many CPUs it is in assembly. One limb at a time: eight, as Mbed TLS has them,
 * are four times as large, and hardly faster.
 */
#define MBEDTLS_BIGNUM_C
#if defined(__SIZEOF_INT128__) && (defined(__riscv) || !defined(__GNUC__))
#define MBEDTLS_HAVE_INT64 /* for which it has no assembly: its default is 32 bits there */
#else
#define MBEDTLS_HAVE_ASM
#endif

#include <common.h>

#include <bignum_core.h>
#include <bn_mul.h>

#include "crypto/limbs.h"

_Static_assert(sizeof(mbedtls_mpi_uint) == sizeof(sevl_limb), "limbs have one size");

/* The names of the variables are those that the macros use. */
sevl_limb sevl_limbs_add_product(sevl_limb *x, const sevl_limb *a, sevl_limb limb, size_t count)
{
    mbedtls_mpi_uint *d = (mbedtls_mpi_uint *)x;
    const mbedtls_mpi_uint *s = (const mbedtls_mpi_uint *)a;
    const mbedtls_mpi_uint b = limb;
    mbedtls_mpi_uint c = 0;
    for (; count > 0; count--) {
        MULADDC_X1_INIT MULADDC_X1_CORE MULADDC_X1_STOP
    }
    return (sevl_limb)c;
}
