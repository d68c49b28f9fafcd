/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Validates mapped firmware of two sizes, and prints the cost: for each a line with its
 * size, ticks of the CPU's timer and bytes of stack. A last line has the blocks that the
 * search for a hint hashes, and its ticks.
 */
#include <sevlaunch/sev/diagnose.h>
#include <sevlaunch/sev/measurement.h>
#include <sevlaunch/sev/self_test.h>
#include <sevlaunch/sha256.h>

#include "port.h"
#include "startup.h"
#include "ticks.h"

#define SMALL 1024
#define LARGE 9216

#define HINT_BLOCKS 6000

#define PAINT 0xa5

static const _Alignas(4) unsigned char firmware[LARGE];

static __attribute__((noinline)) enum sevl_result validate(size_t size)
{
    static const uint8_t tik[SEVL_TIK_SIZE];
    static const struct sevl_launch launch;
    static const struct sevl_measurement reported;
    struct sevl_sha256 digest;
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    if (sevl_sha256_init(&digest) != SEVL_OK ||
        sevl_sha256_update(&digest, firmware, size) != SEVL_OK ||
        sevl_sha256_finish(&digest, launch_digest) != SEVL_OK)
        return SEVL_ERROR_CRYPTO;
    return sevl_measurement_verify(tik, &launch, launch_digest, &reported);
}

/* All but this function's own frame. */
static __attribute__((noinline)) void paint_stack(void)
{
    volatile unsigned char *end = (unsigned char *)__builtin_frame_address(0) - 64;
    for (volatile unsigned char *at = stack_start; at < end; at++)
        *at = PAINT;
}

static uint32_t used_stack(uintptr_t from)
{
    const volatile unsigned char *at = stack_start;
    while (*at == PAINT)
        at++;
    return (uint32_t)(from - (uintptr_t)at);
}

static bool measure(size_t size)
{
    paint_stack();
    timer_start();
    enum sevl_result result = validate(size);
    uint32_t ticks = timer_ticks();
    uint32_t stack = used_stack((uintptr_t)__builtin_frame_address(0));
    return result == SEVL_MISMATCH && print_number((uint32_t)size, ' ') &&
           print_number(ticks, ' ') && print_number(stack, '\n');
}

/* Only guesses of keys and versions: they cost more for each block than guests do. */
static bool measure_hint(void)
{
    static const struct sevl_reference_values reference;
    static const struct sevl_evidence evidence;
    static const uint8_t key[SEVL_TIK_SIZE];
    static uint8_t memory[SEVL_DIAGNOSE_SCRATCH_MIN];
    struct sevl_findings findings;
    struct sevl_scratch scratch = {memory, sizeof memory};
    timer_start();
    enum sevl_result result =
        sevl_diagnose(&reference, &evidence, key, key, scratch, HINT_BLOCKS, &findings);
    uint32_t ticks = timer_ticks();
    return result == SEVL_ERROR_ABSENT && print_number(HINT_BLOCKS, ' ') &&
           print_number(ticks, '\n');
}

int app_main(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    return sevl_self_test() == SEVL_OK && measure(SMALL) && measure(LARGE) && measure_hint() ? 0
                                                                                             : 1;
}
