/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Prints how fast each code for SHA-384 on x86-64 is, beside OpenSSL's one stream:
 *   throughput_sha384
 * Each line is of one code: what it hashes, a tab, its bytes per second of CPU time, a tab, and
 * the ratio to OpenSSL's. Both hash the same 4 MiB of random bytes, in turn; the figures are of
 * medians. What this CPU does not have is left out.
 */
#define _POSIX_C_SOURCE 200809L

#include <sevlaunch/sha384.h>

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "blocks.h"
#include "choice.h"
#include "crypto/sha384_pages.h"
#include "hook.h"
#include "require.h"

#define SIZE ((size_t)4 << 20)
#define BLOCKS (SIZE / SEVL_SHA512_BLOCK)
#define PAGES (SIZE / SEVL_PAGE_SIZE)
#define ROUNDS 41

static unsigned char data[SIZE];

static void by_openssl(void)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    REQUIRE(EVP_Digest(data, SIZE, hash, NULL, EVP_sha384(), NULL) == 1);
}

static void by_core(void)
{
    struct sevl_sha384 sha384;
    uint8_t hash[SEVL_SHA384_SIZE];
    REQUIRE(sevl_sha384_init(&sha384) == SEVL_OK);
    REQUIRE(sevl_sha384_update(&sha384, data, SIZE) == SEVL_OK);
    REQUIRE(sevl_sha384_finish(&sha384, hash) == SEVL_OK);
}

static void by_mbedtls(void)
{
    static uint64_t context[32]; /* any state takes as long */
    for (size_t i = 0; i < BLOCKS; i++)
        REQUIRE(sevl_sha512_process_c((void *)context, data + i * SEVL_SHA512_BLOCK) == 0);
}

static void by_plain(void)
{
    static uint64_t state[8];
    sevl_sha512_process_plain(state, data, BLOCKS);
}

static void by_bmi2(void)
{
    static uint64_t state[8];
    sevl_sha512_process_bmi2(state, data, BLOCKS);
}

static void hash_pages(size_t at_a_time)
{
    uint8_t hashes[SEVL_SHA384_PAGES_MAX][SEVL_SHA384_SIZE];
    for (size_t i = 0; i < PAGES; i += at_a_time)
        REQUIRE(sevl_sha384_pages(data + i * SEVL_PAGE_SIZE, at_a_time, hashes) == SEVL_OK);
}

static void by_single_pages(void)
{
    hash_pages(1);
}

static void by_two_pages(void)
{
    hash_pages(2);
}

static void by_four_pages(void)
{
    hash_pages(4);
}

static void by_eight_pages(void)
{
    hash_pages(8);
}

static double seconds_of(void (*hash)(void))
{
    struct timespec start;
    struct timespec end;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    hash();
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
}

static int in_order(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double times[ROUNDS])
{
    qsort(times, ROUNDS, sizeof *times, in_order);
    return times[ROUNDS / 2];
}

static void measure(const char *name, void (*hash)(void))
{
    double ours[ROUNDS];
    double openssl[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++) {
        openssl[i] = seconds_of(by_openssl);
        ours[i] = seconds_of(hash);
    }
    double time = median(ours);
    printf("%s\t%.0f\t%.2f\n", name, (double)SIZE / time, median(openssl) / time);
}

int main(void)
{
    for (size_t i = 0; i < SIZE; i++)
        data[i] = (unsigned char)(rand() >> 7);
    measure("one stream, Mbed TLS's C", by_mbedtls);
    measure("one stream, plain C", by_plain);
    if ((sevl_sha512_choice() & SEVL_SHA512_BY_BMI2) != 0)
        measure("one stream, BMI2", by_bmi2);
    measure("one stream, the core's", by_core);
    measure("pages, one at a time", by_single_pages);
    measure("pages, two at a time", by_two_pages);
    measure("pages, four at a time", by_four_pages);
    measure("pages, eight at a time", by_eight_pages);
    return EXIT_SUCCESS;
}
