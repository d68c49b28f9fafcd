/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_ovmf_tail_update, for a tail of any size and pieces of 0 to 16 bytes, with 8 in place of the
 * 1024 bytes that are kept: it holds the last bytes of all pieces, in order.
 */
#include "proof.h"

/* The initialisers of static GUIDs truncate on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/guest/ovmf.c>
#pragma CPROVER check pop

bool sevl_guid_equal(const struct sevl_guid *a, const uint8_t bytes[SEVL_GUID_SIZE])
{
    return false;
}

static void update(size_t size)
{
    uint8_t memory[2 * SEVL_OVMF_TAIL_SIZE];
    const uint8_t *piece = ENDING(memory, size);
    struct sevl_ovmf_tail tail;
    ASSUME(sevl_ovmf_tail_is_valid(&tail));
    struct sevl_ovmf_tail before = tail;

    sevl_ovmf_tail_update(&tail, size == 0 && nondet_bool() ? NULL : piece, size);

    size_t total = before.size + size;
    PROVE(tail.size == (total < SEVL_OVMF_TAIL_SIZE ? total : SEVL_OVMF_TAIL_SIZE));
    REACHES(before.size == 3 && size == SEVL_OVMF_TAIL_SIZE - 1);
    REACHES(size > SEVL_OVMF_TAIL_SIZE);
    if (tail.size == 0)
        return;
    size_t i = any_below(tail.size);
    size_t at = total - tail.size + i; /* in what was kept before, and the new piece */
    PROVE(tail.bytes[i] == (at < before.size ? before.bytes[at] : piece[at - before.size]));
}

int main(void)
{
    update(CASE);
}
