/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "blocks.h"
#include "choice.h"

unsigned sevl_sha512_choice(void)
{
    static unsigned choice; /* 0: not asked yet */
    if (choice == 0)
        choice = sevl_sha512_choose(sevl_sha512_ask_cpu());
    return choice;
}

void sevl_sha512_process_blocks(uint64_t state[8], const uint8_t *data, size_t blocks)
{
    if ((sevl_sha512_choice() & SEVL_SHA512_BY_BMI2) != 0)
        sevl_sha512_process_bmi2(state, data, blocks);
    else
        sevl_sha512_process_plain(state, data, blocks);
}
