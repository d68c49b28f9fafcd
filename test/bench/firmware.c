/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Prints how many bytes of SEV-SNP firmware a second of CPU time measures, in one process, from
 * memory:
 *
 * usage: firmware SECONDS FILE...
 *
 * A line each: the file's name, a blank, and the number.
 */
#define _POSIX_C_SOURCE 200809L

#include <sevlaunch/snp/launch_digest.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SIZE_MAX_OF_FILE ((size_t)16 << 20)

static unsigned char bytes[SIZE_MAX_OF_FILE];

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static bool measure_once(size_t size)
{
    struct sevl_snp_firmware firmware = {.variants = NULL};
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    return sevl_snp_firmware_init(&firmware, size) == SEVL_OK &&
           sevl_snp_firmware_update(&firmware, bytes, size) == SEVL_OK &&
           sevl_snp_firmware_finish(&firmware, digest) == SEVL_OK;
}

static bool print_rate(const char *name, double seconds)
{
    FILE *file = fopen(name, "rb");
    size_t size = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
    double count = 0;
    if (file == NULL || fclose(file) != 0 || !measure_once(size))
        return false;
    double start = now();
    for (; now() - start < seconds; count++)
        if (!measure_once(size))
            return false;
    return printf("%s %.0f\n", name, (double)size * count / (now() - start)) > 0;
}

int main(int argc, char **argv)
{
    for (int i = 2; i < argc; i++)
        if (!print_rate(argv[i], strtod(argv[1], NULL)))
            return EXIT_FAILURE;
    return argc > 2 ? EXIT_SUCCESS : EXIT_FAILURE;
}
