/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The digest stream, over any five calls of init, update, finish and wipe on memory of
 * any content but that of an open one: only an initialised context takes input, and after a
 * failure, a finish or a wipe it is zero and stays closed. Pieces of 0 to 8 bytes.
 */
#include "sha256_model.h"

#include <core/digest.c>

static struct sevl_digest digest;
static bool is_open;
static uint64_t length; /* of what was appended */
static uint8_t byte;    /* of it, at `place` */

static enum sevl_result expected(bool was_open)
{
    return !was_open ? SEVL_ERROR_STATE : failed ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

static void init(void)
{
    enum sevl_result result = sevl_digest_init(&digest);
    PROVE(result == expected(true));
    is_open = result == SEVL_OK;
    length = 0;
}

static void update(void)
{
    uint8_t memory[8];
    size_t size = any_below(sizeof memory + 1);
    const uint8_t *piece = size == 0 && nondet_bool() ? NULL : ENDING(memory, size);
    if (place >= length && place - length < size)
        byte = piece[place - length];
    enum sevl_result result = sevl_digest_update(&digest, piece, size);
    REACHES(is_open && result == SEVL_OK);
    PROVE(result == expected(is_open));
    is_open = result == SEVL_OK;
    length += size;
}

static void finish(void)
{
    uint8_t hash[SEVL_SHA256_SIZE];
    finishes = 0;
    enum sevl_result result = sevl_digest_finish(&digest, hash);
    PROVE(result == expected(is_open));
    REACHES(result == SEVL_OK && length > 8);
    size_t i = any_below(sizeof hash);
    PROVE(hash[i] == (result == SEVL_OK ? finished[0].hash[i] : 0));
    PROVE(result != SEVL_OK || finished[0].message.length == length);
    PROVE(result != SEVL_OK || place >= length || finished[0].message.byte == byte);
    is_open = false;
}

int main(void)
{
    place = nondet_u64();
    __CPROVER_havoc_object(&digest);
    ASSUME(digest.state != SEVL_DIGEST_OPEN);
    for (int i = 0; i < 5; i++) {
        int call = nondet_int();
        failed = false;
        if (call == 0)
            init();
        else if (call == 1)
            update();
        else if (call == 2)
            finish();
        else
            sevl_digest_wipe(&digest);
        is_open = is_open && call >= 0 && call <= 2;
        if (!is_open)
            prove_zero(&digest, sizeof digest);
        PROVE(is_open == (digest.state == SEVL_DIGEST_OPEN));
    }
}
