/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The SHA-384 stream as sha384.h specifies it, with a failure of any call that can fail. What is
 * true for one byte of a message, at any `place`, is true for all: the hash shows that byte and the
 * message's length, and is else of any value, chosen before.
 */
#ifndef SEVLAUNCH_SHA384_MODEL_H
#define SEVLAUNCH_SHA384_MODEL_H

#include "proof.h"

#include <sevlaunch/sha384.h>
#include <string.h>

static uint64_t place;
static bool can_fail = true;
static bool failed; /* of any call so far */

static bool fails_now(void)
{
    if (can_fail && nondet_bool())
        failed = true;
    return failed;
}

static enum sevl_result end_sha384(struct sevl_sha384 *sha384, enum sevl_result result)
{
    if (result != SEVL_OK)
        memset(sha384, 0, sizeof *sha384);
    return result;
}

enum sevl_result sevl_sha384_init(struct sevl_sha384 *sha384)
{
    PROVE(!failed);
    memset(sha384, 0, sizeof *sha384);
    sha384->state = SEVL_SHA384_OPEN;
    return end_sha384(sha384, fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK);
}

enum sevl_result sevl_sha384_update(struct sevl_sha384 *sha384, const void *data, size_t size)
{
    uint64_t *length = &sha384->opaque[0];
    PROVE(size == 0 || __CPROVER_r_ok(data, size));
    if (sha384->state != SEVL_SHA384_OPEN)
        return end_sha384(sha384, SEVL_ERROR_STATE);
    if (place >= *length && place - *length < size)
        sha384->opaque[1] = ((const uint8_t *)data)[place - *length];
    *length += size;
    return end_sha384(sha384, fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK);
}

/* Of a message of less than 64 KiB. */
static void put_model_hash(uint8_t hash[SEVL_SHA384_SIZE], uint64_t length, uint8_t byte)
{
    memset(hash, 0x5a, SEVL_SHA384_SIZE);
    hash[0] = byte;
    hash[1] = (uint8_t)(length & 0xff);
    hash[2] = (uint8_t)(length >> 8 & 0xff);
}

static bool is_hash_of(const uint8_t hash[SEVL_SHA384_SIZE], uint64_t length, uint8_t byte)
{
    uint8_t wanted[SEVL_SHA384_SIZE];
    size_t i = any_below(sizeof wanted);
    put_model_hash(wanted, length, byte);
    return hash[i] == wanted[i];
}

enum sevl_result sevl_sha384_finish(struct sevl_sha384 *sha384, uint8_t hash[SEVL_SHA384_SIZE])
{
    bool is_open = sha384->state == SEVL_SHA384_OPEN;
    PROVE(__CPROVER_w_ok(hash, SEVL_SHA384_SIZE));
    PROVE(sha384->opaque[0] < 65536);
    put_model_hash(hash, sha384->opaque[0], (uint8_t)sha384->opaque[1]);
    bool fails = !is_open || fails_now();
    if (fails)
        memset(hash, 0, SEVL_SHA384_SIZE);
    memset(sha384, 0, sizeof *sha384);
    return fails ? is_open ? SEVL_ERROR_CRYPTO : SEVL_ERROR_STATE : SEVL_OK;
}

#endif
