/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What sevl_snp_id_block_write(), sevl_snp_id_key_write() and sevl_snp_id_auth_write() write, for
 * any content: each byte is where AMD 56860 has it, in tables "ID_BLOCK" and "ID_AUTH_INFO".
 */
#include "proof.h"

/* The lower half of a policy is what is left of it on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/snp/id_block.c>
#pragma CPROVER check pop

bool sevl_constant_time_equal(const void *a, const void *b, size_t size)
{
    return nondet_bool();
}

static uint8_t byte_of(uint64_t number, size_t at)
{
    return (uint8_t)(number >> 8 * at & 0xff);
}

static void write_block(void)
{
    struct sevl_snp_id_block block;
    uint8_t bytes[96];
    size_t at = any_below(sizeof bytes);

    sevl_snp_id_block_write(&block, bytes);

    REACHES(at == 95 && bytes[at] == 0xab);
    if (at < 48)
        PROVE(bytes[at] == block.launch_digest[at]);
    else if (at < 64)
        PROVE(bytes[at] == block.family_id[at - 48]);
    else if (at < 80)
        PROVE(bytes[at] == block.image_id[at - 64]);
    else if (at < 84)
        PROVE(bytes[at] == (at == 80 ? 1 : 0));
    else if (at < 88)
        PROVE(bytes[at] == byte_of(block.guest_svn, at - 84));
    else
        PROVE(bytes[at] == byte_of(block.policy, at - 88));
}

/* A byte of two numbers in fields of 72 bytes, the least significant first. */
static uint8_t of_pair(const uint8_t *pair, size_t at)
{
    if (at >= 144 || at % 72 >= 48)
        return 0;
    return pair[at / 72 * 48 + 47 - at % 72];
}

static uint8_t of_key(const uint8_t *key, size_t at)
{
    if (at < 4)
        return at == 0 ? 2 : 0;
    return of_pair(key, at - 4);
}

static void write_key(void)
{
    uint8_t key[96];
    uint8_t bytes[1028];
    size_t at = any_below(sizeof bytes);

    sevl_snp_id_key_write(key, bytes);

    REACHES(at == 4 + 72 && bytes[at] == 0xab);
    PROVE(bytes[at] == of_key(key, at));
}

/* A byte of the part of a signer, from its signature on: there are 512 bytes for that. */
static uint8_t of_signer(const struct sevl_snp_id_signer *signer, size_t at)
{
    return at < 0x200 ? of_pair(signer->signature, at) : of_key(signer->key, at - 0x200);
}

static uint8_t of_page(const struct sevl_snp_id_signer *id, const struct sevl_snp_id_signer *author,
                       size_t at)
{
    if (at == 0)
        return 1;
    if (at == 4)
        return author != NULL ? 1 : 0;
    if (at >= 0x40 && at < 0x240 + 1028)
        return of_signer(id, at - 0x40);
    if (author != NULL && at >= 0x680 && at < 0x880 + 1028)
        return of_signer(author, at - 0x680);
    return 0;
}

static void write_page(void)
{
    struct sevl_snp_id_signer id;
    struct sevl_snp_id_signer other;
    const struct sevl_snp_id_signer *author = nondet_bool() ? &other : NULL;
    uint8_t page[4096];
    size_t at = any_below(sizeof page);

    sevl_snp_id_auth_write(&id, author, page);

    REACHES(author != NULL && at == 0x884 && page[at] == 0xab);
    REACHES(author == NULL && at == 0x244 && page[at] == 0xab);
    PROVE(page[at] == of_page(&id, author, at));
}

int main(void)
{
    if (CASE == 0)
        write_block();
    else if (CASE == 1)
        write_key();
    else
        write_page();
}
