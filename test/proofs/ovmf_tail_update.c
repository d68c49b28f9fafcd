/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_ovmf_tail_update, for a tail of any size and pieces of 0 to 16 bytes, with 8 in place of the
 * 1024 bytes that are kept: it holds the last bytes of all pieces, in order.
 */
#include "proof.h"

#include <core/guest/ovmf_tail.c>

static void update(size_t size)
{
    uint8_t memory[2 * SEVL_OVMF_TAIL_SIZE];
    const uint8_t *piece = ENDING(memory, size);
    uint8_t kept[SEVL_OVMF_TAIL_SIZE];
    uint8_t kept_before[SEVL_OVMF_TAIL_SIZE];
    struct sevl_ovmf_tail tail;
    sevl_ovmf_tail_init(&tail, kept, sizeof kept);
    PROVE(sevl_ovmf_tail_is_valid(&tail) && tail.size == 0);
    tail.size = any_below(sizeof kept + 1);
    const size_t size_before = tail.size;
    memcpy(kept_before, kept, sizeof kept);

    sevl_ovmf_tail_update(&tail, size == 0 && nondet_bool() ? NULL : piece, size);

    size_t total = size_before + size;
    PROVE(sevl_ovmf_tail_is_valid(&tail));
    PROVE(tail.size == (total < SEVL_OVMF_TAIL_SIZE ? total : SEVL_OVMF_TAIL_SIZE));
    REACHES(size_before == 3 && size == SEVL_OVMF_TAIL_SIZE - 1);
    REACHES(size > SEVL_OVMF_TAIL_SIZE);
    if (tail.size == 0)
        return;
    size_t i = any_below(tail.size);
    size_t at = total - tail.size + i; /* in what was kept before, and the new piece */
    PROVE(tail.bytes[i] == (at < size_before ? kept_before[at] : piece[at - size_before]));
}

int main(void)
{
    update(CASE);
}
