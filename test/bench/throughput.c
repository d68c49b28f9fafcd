/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Prints how many bytes per second of CPU time the core's SHA-256 takes, 1 MiB at a time. */
#define _POSIX_C_SOURCE 200809L

#include <sevlaunch/sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SIZE ((size_t)1 << 20)
#define SECONDS 1.0

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int main(void)
{
    static unsigned char data[SIZE];
    struct sevl_sha256 digest;
    double bytes = 0;
    double start = now();
    if (sevl_sha256_init(&digest) != SEVL_OK)
        return EXIT_FAILURE;
    while (now() - start < SECONDS) {
        if (sevl_sha256_update(&digest, data, SIZE) != SEVL_OK)
            return EXIT_FAILURE;
        bytes += (double)SIZE;
    }
    printf("%.0f\n", bytes / (now() - start));
    return EXIT_SUCCESS;
}
