/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "base/assert.h"
#include "sevlaunch/guest/ovmf.h"

void sevl_ovmf_tail_init(struct sevl_ovmf_tail *tail, void *bytes, size_t capacity)
{
    *tail = (struct sevl_ovmf_tail){bytes, capacity, 0};
    SEVL_ASSERT(sevl_ovmf_tail_is_valid(tail));
}

void sevl_ovmf_tail_update(struct sevl_ovmf_tail *tail, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    SEVL_ASSERT(sevl_ovmf_tail_is_valid(tail));
    if (size > tail->capacity) {
        bytes += size - tail->capacity;
        size = tail->capacity;
    }
    if (size == 0)
        return;
    size_t room = tail->capacity - size;
    size_t kept = tail->size < room ? tail->size : room;
    memmove(tail->bytes, tail->bytes + (tail->size - kept), kept);
    memcpy(tail->bytes + kept, bytes, size);
    tail->size = kept + size;
    SEVL_ASSERT(sevl_ovmf_tail_is_valid(tail));
}
