/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Runs a program whose size is measured, and prints the ticks of the CPU's timer. */
#include "../sizes/known.h"
#include "ticks.h"

int app_main(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    const struct sevl_bytes input = known_input();
    timer_start();
    enum sevl_result verdict = measured(input.bytes, input.size);
    uint32_t ticks = timer_ticks();
    return verdict == SEVL_MATCH && print_number(ticks, '\n') ? 0 : 1;
}
