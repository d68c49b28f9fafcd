/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Wiping, with a witness: any one byte of all that was passed to watch() is chosen, and the
 * proof checks at its end whether that byte was wiped since. Buffers on the stack no longer
 * exist then, so they must have been wiped before.
 */
#ifndef SEVLAUNCH_WIPE_MODEL_H
#define SEVLAUNCH_WIPE_MODEL_H

#include "proof.h"

#include <sevlaunch/wipe.h>
#include <string.h>

/* Objects that the caller of the proved function keeps: not watched. */
#define KEPT_MAX 4
static const void *kept[KEPT_MAX];

static const uint8_t *watched;

static bool is_kept(const void *memory)
{
    for (size_t i = 0; i < KEPT_MAX; i++)
        if (kept[i] != NULL && __CPROVER_same_object(kept[i], memory))
            return true;
    return false;
}

static void watch(const void *memory, size_t size)
{
    if (watched == NULL && size > 0 && !is_kept(memory) && nondet_bool())
        watched = (const uint8_t *)memory + any_below(size);
}

static void note_wiped(const void *memory, size_t size)
{
    if (watched == NULL || !__CPROVER_same_object(watched, memory))
        return;
    size_t first = __CPROVER_POINTER_OFFSET(memory);
    size_t place = __CPROVER_POINTER_OFFSET(watched);
    if (place >= first && place - first < size)
        watched = NULL;
}

#ifndef WIPE_BY_MBEDTLS
void sevl_wipe(void *memory, size_t size)
{
    if (size > 0)
        memset(memory, 0, size);
    note_wiped(memory, size);
}
#endif

static void prove_wiped(void)
{
    PROVE(watched == NULL);
}

#endif
