/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Prints the SHA-224 of "abc" by the system's Mbed TLS, of whatever release, and its SHA-256
 * by sevlaunch.
 */
#include <stdio.h>

#include <mbedtls/sha256.h>
#include <mbedtls/version.h>

#include <sevlaunch/sevlaunch.h>

static const unsigned char text[3] = "abc";

static void print(const unsigned char *hash, int size)
{
    for (int i = 0; i < size; i++)
        printf("%02x", hash[i]);
    putchar('\n');
}

static int theirs(unsigned char hash[32])
{
#if MBEDTLS_VERSION_MAJOR < 3
    return mbedtls_sha256_ret(text, sizeof text, hash, 1);
#else
    return mbedtls_sha256(text, sizeof text, hash, 1);
#endif
}

static enum sevl_result ours(uint8_t hash[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 sha256;
    if (sevl_sha256_init(&sha256) != SEVL_OK ||
        sevl_sha256_update(&sha256, text, sizeof text) != SEVL_OK)
        return SEVL_ERROR_CRYPTO;
    return sevl_sha256_finish(&sha256, hash);
}

int main(void)
{
    unsigned char hash[32];
    if (theirs(hash) != 0)
        return 1;
    print(hash, 28);
    if (ours(hash) != SEVL_OK)
        return 2;
    print(hash, SEVL_SHA256_SIZE);
    return 0;
}
