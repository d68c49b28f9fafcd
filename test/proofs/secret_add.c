/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_secret_add, for every valid table of up to two secrets in 32 to 96 bytes, and
 * secrets of 0 to 24 bytes, or of more than the buffer has.
 */
#include "secret_proof.h"

#define CAPACITY_MOST 96

/* GUIDs are told apart by their first byte here. */
bool sevl_guid_equal(const struct sevl_guid *a, const uint8_t bytes[SEVL_GUID_SIZE])
{
    PROVE(__CPROVER_r_ok(bytes, SEVL_GUID_SIZE));
    return a->bytes[0] == bytes[0];
}

static bool is_there(const struct sevl_secret_table *table, const uint8_t *buffer, uint8_t guid)
{
    uint32_t second = 20 + sevl_get32(buffer + 36);
    return table->size > 20 &&
           (buffer[20] == guid || (second < table->size && buffer[second] == guid));
}

int main(void)
{
    uint8_t buffer[CAPACITY_MOST];
    uint8_t before[CAPACITY_MOST];
    uint8_t secret[24];
    struct sevl_guid guid;
    struct sevl_secret_table table;
    size_t size = nondet_size();
    ASSUME(table.capacity <= CAPACITY_MOST && is_valid(&table, buffer));
    ASSUME(size <= sizeof secret || size > CAPACITY_MOST);
    memcpy(before, buffer, sizeof before);
    struct sevl_secret_table was = table;
    const uint8_t *bytes = size > sizeof secret ? NULL : ENDING(secret, size);

    enum sevl_result result = sevl_secret_add(&table, buffer, &guid, bytes, size);

    REACHES(result == SEVL_OK && was.size == 60);
    REACHES(result == SEVL_ERROR_DUPLICATE);
    REACHES(result == SEVL_ERROR_LENGTH && size == 0);
    PROVE((result == SEVL_ERROR_DUPLICATE) == is_there(&was, before, guid.bytes[0]));
    PROVE(table.capacity == was.capacity);
    size_t i = any_below(sizeof buffer);
    if (result != SEVL_OK) {
        PROVE(result == SEVL_ERROR_DUPLICATE || result == SEVL_ERROR_LENGTH);
        PROVE(table.size == was.size && buffer[i] == before[i]);
        return 0;
    }
    PROVE(table.size == was.size + 20 + size);
    PROVE(table.size - table.size % 16 + 16 <= table.capacity);
    PROVE(sevl_get32(buffer + 16) == table.size);
    PROVE(sevl_get32(buffer + was.size + 16) == 20 + size);
    PROVE(i >= 16 || starts_with_table_guid(buffer, i));
    PROVE(i >= 16 || buffer[was.size + i] == guid.bytes[i]);
    PROVE(i >= size || buffer[was.size + 20 + i] == bytes[i]);
    PROVE(i < 20 || (i >= was.size && i < table.size) || buffer[i] == before[i]);
}
