/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_cmdline_*, for texts that come in up to two pieces of 0 to 2 bytes and a tail of at
 * most 1: the hash is of all of them and a NUL, and leaves the command line as it was. What
 * fails before is wiped and fails from then on.
 */
#include "sha256_model.h"

#include <core/guest/cmdline.c>

static struct sevl_cmdline cmdline;
static uint8_t text[4];
static size_t length;

static enum sevl_result update(void)
{
    uint8_t memory[2];
    size_t size = any_below(sizeof memory + 1);
    uint8_t *piece = ENDING(memory, size);
    for (size_t i = 0; i < size; i++)
        text[length + i] = piece[i];
    length += size;
    return sevl_cmdline_update(&cmdline, size == 0 && nondet_bool() ? NULL : piece, size);
}

int main(void)
{
    uint8_t hash[SEVL_SHA256_SIZE];
    size_t i = any_below(sizeof hash);
    place = nondet_u64();
    __CPROVER_havoc_object(&cmdline);

    bool is_good = sevl_cmdline_init(&cmdline) == SEVL_OK;
    is_good = update() == SEVL_OK && is_good;
    is_good = update() == SEVL_OK && is_good;
    PROVE(is_good == !failed);
    PROVE(sevl_cmdline_is_valid(&cmdline));
    if (failed)
        prove_zero(&cmdline, sizeof cmdline);
    struct sevl_cmdline before = cmdline;
    enum sevl_result result = sevl_cmdline_hash(&cmdline, hash);

    REACHES(result == SEVL_OK && length == 4);
    REACHES(result == SEVL_OK && length == 0);
    REACHES(is_good && result != SEVL_OK);
    PROVE((result == SEVL_OK) == !failed);
    PROVE(cmdline.first == before.first && cmdline.tail_size == before.tail_size);
    PROVE(cmdline.head.state == before.head.state);
    if (result != SEVL_OK) {
        PROVE(result == (is_good ? SEVL_ERROR_CRYPTO : SEVL_ERROR_STATE));
        PROVE(hash[i] == 0);
        return 0;
    }
    PROVE(hash[i] == finished[0].hash[i]);
    PROVE(finished[0].message.length == length + 1);
    PROVE(place > length || finished[0].message.byte == (place < length ? text[place] : 0));
}
