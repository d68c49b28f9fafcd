/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The SHA-256 stream as sha256.h specifies it, with any hash as its result, and a failure of
 * any call. A state counts the bytes it took, and keeps the one at `place`, which may be any:
 * what is true for that byte is true for the whole message.
 */
#ifndef SEVLAUNCH_SHA256_MODEL_H
#define SEVLAUNCH_SHA256_MODEL_H

#include "proof.h"

#include <sevlaunch/sha256.h>
#include <string.h>

#include "wipe_model.h"

struct message {
    uint64_t length;
    uint8_t byte; /* at `place`, if there are so many */
};

static uint64_t place;

/* The result of each finished hash. */
#define FINISHED_MAX 4
static struct finished {
    struct message message;
    uint8_t hash[SEVL_SHA256_SIZE];
} finished[FINISHED_MAX];
static size_t finishes;

static bool failed; /* of any call so far */

static struct message *message_of(struct sevl_sha256 *sha256)
{
    return (struct message *)sha256->opaque;
}

static enum sevl_result close_stream(struct sevl_sha256 *sha256, enum sevl_result result)
{
    failed = true;
    memset(sha256, 0, sizeof *sha256);
    return result;
}

enum sevl_result sevl_sha256_init(struct sevl_sha256 *sha256)
{
    *message_of(sha256) = (struct message){0};
    sha256->state = SEVL_SHA256_OPEN;
    return nondet_bool() ? SEVL_OK : close_stream(sha256, SEVL_ERROR_CRYPTO);
}

enum sevl_result sevl_sha256_update(struct sevl_sha256 *sha256, const void *data, size_t size)
{
    struct message *message = message_of(sha256);
    PROVE(size == 0 || __CPROVER_r_ok(data, size));
    if (sha256->state != SEVL_SHA256_OPEN)
        return close_stream(sha256, SEVL_ERROR_STATE);
    if (place >= message->length && place - message->length < size)
        message->byte = ((const uint8_t *)data)[place - message->length];
    message->length += size;
    watch(data, size);
    return nondet_bool() ? SEVL_OK : close_stream(sha256, SEVL_ERROR_CRYPTO);
}

enum sevl_result sevl_sha256_finish(struct sevl_sha256 *sha256, uint8_t hash[SEVL_SHA256_SIZE])
{
    struct finished now = {.message = *message_of(sha256)};
    PROVE(__CPROVER_w_ok(hash, SEVL_SHA256_SIZE));
    bool is_open = sha256->state == SEVL_SHA256_OPEN;
    bool succeeds = is_open && nondet_bool();
    memset(sha256, 0, sizeof *sha256);
    if (succeeds)
        for (size_t i = 0; i < SEVL_SHA256_SIZE; i++)
            now.hash[i] = nondet_u8();
    memcpy(hash, now.hash, SEVL_SHA256_SIZE);
    if (!is_open)
        return close_stream(sha256, SEVL_ERROR_STATE);
    watch(hash, SEVL_SHA256_SIZE);
    PROVE(finishes < FINISHED_MAX);
    finished[finishes++] = now;
    return succeeds ? SEVL_OK : close_stream(sha256, SEVL_ERROR_CRYPTO);
}

void sevl_sha256_wipe(struct sevl_sha256 *sha256)
{
    memset(sha256, 0, sizeof *sha256);
}

#endif
