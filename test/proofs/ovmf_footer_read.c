/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_ovmf_footer_read, for tails of 0 to 116 bytes, a table of up to three entries besides
 * its own: a refused table leaves no values. In 116 bytes, one entry of 22 or 26 bytes is
 * read if it has the size of its kind, and two entries of a kind that is read are refused.
 */
#include "proof.h"

/* The initialisers of static GUIDs truncate on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/guest/ovmf.c>
#include <core/guest/ovmf_table.c>
#pragma CPROVER check pop

#define TAIL_SIZE_MAX 116

/* The first byte of a GUID stands for all of it. */
bool sevl_guid_equal(const struct sevl_guid *a, const uint8_t bytes[SEVL_GUID_SIZE])
{
    PROVE(__CPROVER_r_ok(bytes, SEVL_GUID_SIZE));
    return a->bytes[0] == bytes[0];
}

/* A table of one entry, whose data is here. */
static void prove_one(const struct sevl_ovmf_footer *footer, enum sevl_result result,
                      const uint8_t *data, size_t size)
{
    unsigned kind = data[size + 2];
    bool is_reset = kind == reset_guid.bytes[0];
    bool is_hash = kind == hash_area_guid.bytes[0];
    bool is_secret = kind == secret_area_guid.bytes[0];
    bool is_wrong = size == 4 ? is_hash || is_secret : is_reset;
    uint32_t first = sevl_get32(data);
    uint32_t second = sevl_get32(data + 4);
    REACHES(is_reset && footer->reset_address == 7);
    REACHES(is_hash && footer->hash_table.base == 7);
    PROVE(result == (is_wrong ? SEVL_ERROR_ENCODING : SEVL_OK));
    if (is_wrong)
        return;
    PROVE(footer->reset_address == (is_reset ? first : 0));
    PROVE(footer->hash_table.base == (is_hash ? first : 0));
    PROVE(footer->hash_table.size == (is_hash ? second : 0));
    PROVE(footer->secret.base == (is_secret ? first : 0));
    PROVE(footer->secret.size == (is_secret ? second : 0));
}

/* A table of two entries of one kind. */
static void prove_twice(enum sevl_result result, unsigned kind)
{
    bool is_read = kind == reset_guid.bytes[0] || kind == hash_area_guid.bytes[0] ||
                   kind == secret_area_guid.bytes[0];
    REACHES(result == SEVL_OK);
    PROVE(result == (is_read ? SEVL_ERROR_ENCODING : SEVL_OK));
}

int main(void)
{
    uint8_t bytes[TAIL_SIZE_MAX];
    struct sevl_ovmf_tail tail = {bytes, sizeof bytes, any_below(sizeof bytes + 1)};
    struct sevl_ovmf_footer footer;

    enum sevl_result result = sevl_ovmf_footer_read(&footer, &tail);

    PROVE(result == SEVL_OK || result == SEVL_ERROR_ABSENT || result == SEVL_ERROR_ENCODING);
    if (result != SEVL_OK)
        prove_zero(&footer, sizeof footer);
    if (tail.size != TAIL_SIZE_MAX || tail.bytes[TAIL_SIZE_MAX - 48] != footer_guid.bytes[0])
        return 0;
    REACHES(result == SEVL_OK && footer.reset_address == 1 && footer.secret.size == 2);
    const uint8_t *end = tail.bytes + TAIL_SIZE_MAX - 32 - 18; /* of the entries */
    unsigned length = sevl_get16(end);
    for (size_t entry = 22; entry <= 26; entry += 4) {
        if (sevl_get16(end - 18) != entry)
            continue;
        if (length == 18 + entry)
            prove_one(&footer, result, end - entry, entry - 18);
        if (length == 18 + 2 * entry && sevl_get16(end - entry - 18) == entry &&
            end[-16] == (end - entry)[-16])
            prove_twice(result, end[-16]);
    }
}
