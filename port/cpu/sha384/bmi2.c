/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Compiled for CPUs with BMI2, whose rotation keeps its source, and SSSE3. */
#include "stream.h"

void sevl_sha512_process_bmi2(uint64_t state[8], const uint8_t *data, size_t blocks)
{
    process_blocks(state, data, blocks);
}
