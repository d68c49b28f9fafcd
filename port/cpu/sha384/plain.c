/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "stream.h"

void sevl_sha512_process_plain(uint64_t state[8], const uint8_t *data, size_t blocks)
{
    process_blocks(state, data, blocks);
}
