/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Prints SHA-384 of each start of bytes that count from 0 to 250, five times. */
#include <sevlaunch/sha384.h>
#include <stdio.h>

#define SIZE (5 * 251)

static uint8_t bytes[SIZE];

static bool print_hash(size_t size)
{
    struct sevl_sha384 sha384;
    uint8_t hash[SEVL_SHA384_SIZE];
    if (sevl_sha384_init(&sha384) != SEVL_OK ||
        sevl_sha384_update(&sha384, bytes, size) != SEVL_OK ||
        sevl_sha384_finish(&sha384, hash) != SEVL_OK)
        return false;
    for (size_t i = 0; i < sizeof hash; i++)
        printf("%02x", hash[i]);
    return putchar('\n') != EOF;
}

int main(void)
{
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (uint8_t)(i % 251);
    for (size_t size = 0; size <= SIZE; size++)
        if (!print_hash(size))
            return 1;
    return 0;
}
