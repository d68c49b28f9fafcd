/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Multiplies points of P-384 by private keys, and prints the ticks of the CPU's timer for each:
 * at the edges of keys, and for one with runs of bits. Fails if what two share with another
 * differs.
 */
#include <string.h>

#include "../bench/ticks.h"
#include "crypto/p384_secret.h"

#define KEYS 4

static const uint8_t keys[KEYS][SEVL_P384_SIZE] = {
    {[SEVL_P384_SIZE - 1] = 1},
    {0x80},
    {[0] = 0x7f, 0xff, 0xff, 0xff, 0xff, [20] = 0xff, 0xff, 0xff, 0xff, 0xff},
    {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff},
};

static struct sevl_p384_secret memory;
static struct sevl_p384_key points[KEYS];

static bool multiply(size_t key, const struct sevl_p384_key *point, struct sevl_p384_key *product)
{
    static uint8_t blinding[SEVL_P384_SIZE] = {0x5a};
    blinding[1]++;
    timer_start();
    enum sevl_result result =
        sevl_p384_secret_multiply(&memory, keys[key], point, blinding, product);
    uint32_t ticks = timer_ticks();
    if (result != SEVL_OK)
        return false;
    return point == NULL || print_number(ticks, '\n'); /* the generator is not read */
}

/* Both ways to the same point. */
static bool agree(size_t first, size_t second)
{
    struct sevl_p384_key shared, other;
    return multiply(first, &points[second], &shared) && multiply(second, &points[first], &other) &&
           memcmp(&shared, &other, sizeof other) == 0;
}

int app_main(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    for (size_t i = 0; i < KEYS; i++)
        if (!multiply(i, i == 0 ? NULL : &points[0], &points[i]))
            return 1;
    return agree(0, 1) && agree(2, 3) ? 0 : 1;
}
