/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_footer_read, for tails of 0 to 116 bytes, a table of up to two entries besides
 * its own: a table that is well formed is read, and nothing of any other.
 */
#include "proof.h"

/* Static GUIDs are cut into bytes. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/footer.c>
#pragma CPROVER check pop

#define SIZE_MOST 116

/* Bytes stand for their GUID by the first of them. */
bool sevl_guid_equal(const struct sevl_guid *a, const uint8_t bytes[SEVL_GUID_SIZE])
{
    PROVE(__CPROVER_r_ok(bytes, SEVL_GUID_SIZE));
    return a->bytes[0] == bytes[0];
}

int main(void)
{
    struct sevl_tail tail;
    struct sevl_footer footer;
    ASSUME(tail.size <= SIZE_MOST);

    enum sevl_result result = sevl_footer_read(&footer, &tail);

    PROVE(result == SEVL_OK || result == SEVL_ERROR_ABSENT || result == SEVL_ERROR_ENCODING);
    if (result != SEVL_OK)
        prove_zero(&footer, sizeof footer);
    if (tail.size != SIZE_MOST || tail.bytes[SIZE_MOST - 48] != footer_guid.bytes[0])
        return 0;
    const uint8_t *end = tail.bytes + SIZE_MOST - 32;
    unsigned last = sevl_get16(end - 18 - 18);
    REACHES(result == SEVL_OK && footer.reset_address == 1 && footer.secret.size == 2);
    if (sevl_get16(end - 18) != 18 + 26 || last != 26) /* a table of one area */
        return 0;
    unsigned kind = (end - 18 - 16)[0];
    PROVE(result == (kind == reset_guid.bytes[0] ? SEVL_ERROR_ENCODING : SEVL_OK));
    uint32_t base = sevl_get32(end - 18 - 26);
    uint32_t size = sevl_get32(end - 18 - 22);
    bool is_hash = kind == hash_table_guid.bytes[0];
    bool is_secret = kind == secret_guid.bytes[0];
    REACHES(is_hash && footer.hash_table.base == 7);
    PROVE(footer.reset_address == 0);
    PROVE(footer.hash_table.base == (is_hash ? base : 0));
    PROVE(footer.hash_table.size == (is_hash ? size : 0));
    PROVE(footer.secret.base == (is_secret ? base : 0));
    PROVE(footer.secret.size == (is_secret ? size : 0));
}
