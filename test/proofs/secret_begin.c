/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sevl_secret_begin, for every capacity: it writes 20 bytes if there are 32. */
#include "secret_proof.h"

int main(void)
{
    uint8_t memory[64];
    struct sevl_secret_table table;
    size_t capacity = nondet_size();
    enum sevl_secret_padding padding =
        nondet_bool() ? SEVL_SECRET_PADDING_LIBVIRT : SEVL_SECRET_PADDING_MINIMAL;
    uint8_t *buffer = ENDING(memory, capacity < sizeof memory ? capacity : sizeof memory);

    enum sevl_result result = sevl_secret_begin(&table, buffer, capacity, padding);

    REACHES(result == SEVL_OK && capacity == 32);
    REACHES(result == SEVL_ERROR_LENGTH);
    PROVE(result == (capacity < 32 ? SEVL_ERROR_LENGTH : SEVL_OK));
    if (result != SEVL_OK) {
        prove_zero(&table, sizeof table);
        return 0;
    }
    PROVE(sevl_secret_table_is_valid(&table, buffer));
    PROVE(table.size == 20 && table.padding == padding);
    PROVE(table.capacity == (capacity < SEVL_SECRET_MAX ? capacity : SEVL_SECRET_MAX));
    PROVE(starts_with_table_guid(buffer, any_below(16)));
    PROVE(sevl_get32(buffer + 16) == 20);
}
