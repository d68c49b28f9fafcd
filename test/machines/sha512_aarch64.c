/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does the hook of EFI on AArch64 compute what Mbed TLS's C does? Linux, too, shows a program
 * the register that it reads. Prints who was called, and ends with 1 if a state differs.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <mbedtls/sha512.h>

#include "hook.h"

#define BLOCKS 1000

int __real_sevl_sha512_process_armv8(mbedtls_sha512_context *context,
                                     const unsigned char data[128]);
int __wrap_sevl_sha512_process_armv8(mbedtls_sha512_context *context,
                                     const unsigned char data[128]);

static size_t calls;
static uint64_t random_state = 55766;

int __wrap_sevl_sha512_process_armv8(mbedtls_sha512_context *context, const unsigned char data[128])
{
    calls++;
    return __real_sevl_sha512_process_armv8(context, data);
}

static void fill(void *memory, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        random_state = random_state * UINT64_C(6364136223846793005) + 1;
        ((uint8_t *)memory)[i] = (uint8_t)(random_state >> 56);
    }
}

static bool gives_the_same_state(size_t alignment)
{
    mbedtls_sha512_context ours;
    uint8_t buffer[128 + 16];
    fill(&ours, sizeof ours);
    fill(buffer, sizeof buffer);
    mbedtls_sha512_context theirs = ours;
    return mbedtls_internal_sha512_process(&ours, buffer + alignment) == 0 &&
           sevl_sha512_process_c(&theirs, buffer + alignment) == 0 &&
           memcmp(&ours, &theirs, sizeof ours) == 0;
}

int main(void)
{
    for (size_t i = 0; i < BLOCKS; i++)
        if (!gives_the_same_state(i % 16))
            return 1;
    if (calls != 0 && calls != BLOCKS)
        return 1;
    (void)puts(calls == 0 ? "C code" : "instructions");
    return 0;
}
