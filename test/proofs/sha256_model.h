/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * SHA-256 as core/crypto.h promises it, with any hash for a result, and a failure
 * wherever it likes. A state counts the bytes it took and remembers the one at
 * `place`, which is chosen beforehand: what holds of it holds of the whole message.
 */
#ifndef SEVLAUNCH_SHA256_MODEL_H
#define SEVLAUNCH_SHA256_MODEL_H

#include "proof.h"

#include <core/crypto.h>
#include <string.h>

#include "wipe_model.h"

#define LIVE UINT32_C(0x11ce5a5a)

struct message {
    uint64_t length;
    uint32_t live; /* LIVE from init until finish or a failure */
    uint8_t byte;  /* at `place`, once there are so many */
};

static uint64_t place;

/* Of each hash that was finished. */
#define FINISHED_MOST 4
static struct finished {
    struct message message;
    uint8_t hash[SEVL_SHA256_SIZE];
} finished[FINISHED_MOST];
static size_t finishes;

static bool failed; /* any call so far */

static struct message *message_of(struct sevl_sha256 *sha256)
{
    return (struct message *)sha256;
}

static enum sevl_result succeed_or_fail(struct sevl_sha256 *sha256)
{
    if (nondet_bool())
        return SEVL_OK;
    failed = true;
    memset(sha256, 0, sizeof *sha256);
    return SEVL_ERROR_CRYPTO;
}

enum sevl_result sevl_sha256_init(struct sevl_sha256 *sha256)
{
    *message_of(sha256) = (struct message){.live = LIVE};
    return succeed_or_fail(sha256);
}

enum sevl_result sevl_sha256_update(struct sevl_sha256 *sha256, const void *data, size_t size)
{
    struct message *message = message_of(sha256);
    PROVE(message->live == LIVE);
    PROVE(size == 0 || __CPROVER_r_ok(data, size));
    if (place >= message->length && place - message->length < size)
        message->byte = ((const uint8_t *)data)[place - message->length];
    message->length += size;
    watch(data, size);
    return succeed_or_fail(sha256);
}

enum sevl_result sevl_sha256_finish(struct sevl_sha256 *sha256, uint8_t hash[SEVL_SHA256_SIZE])
{
    struct finished now = {.message = *message_of(sha256)};
    PROVE(now.message.live == LIVE);
    PROVE(finishes < FINISHED_MOST);
    PROVE(__CPROVER_w_ok(hash, SEVL_SHA256_SIZE));
    enum sevl_result result = succeed_or_fail(sha256);
    memset(sha256, 0, sizeof *sha256);
    if (result == SEVL_OK)
        for (size_t i = 0; i < SEVL_SHA256_SIZE; i++)
            now.hash[i] = nondet_u8();
    memcpy(hash, now.hash, SEVL_SHA256_SIZE);
    watch(hash, SEVL_SHA256_SIZE);
    finished[finishes++] = now;
    return result;
}

#endif
