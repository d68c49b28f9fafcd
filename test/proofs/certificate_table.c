/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A table of certificates of up to two entries, the last of zeros, and some bytes more: it is one
 * if and only if an entry of zeros comes before its end, and what each entry before that leads to
 * is inside. Then each of these is read without a byte from outside, and leads to where it says.
 */
#include "proof.h"

#include <apps/sevlaunch/certificate_table.c>

#define SIZE_MAX_HERE (2 * 24 + 3)

static uint32_t number_at(const uint8_t *bytes)
{
    return sevl_get32(bytes);
}

static bool is_inside(const uint8_t *entry, size_t size)
{
    uint64_t end = (uint64_t)number_at(entry + 16) + number_at(entry + 20);
    return end <= size;
}

static bool is_zero_entry(const uint8_t *entry)
{
    for (size_t i = 0; i < 24; i++)
        if (entry[i] != 0)
            return false;
    return true;
}

int main(void)
{
    uint8_t memory[SIZE_MAX_HERE];
    size_t size = any_below(sizeof memory + 1);
    const uint8_t *table = ENDING(memory, size);
    struct certificate_table_entry entry;
    size_t count;
    size_t wanted = 0;
    bool is_right = true;
    while (is_right && size >= 24 * (wanted + 1) && !is_zero_entry(table + 24 * wanted)) {
        is_right = is_inside(table + 24 * wanted, size);
        wanted++;
    }
    is_right = is_right && size >= 24 * (wanted + 1);

    bool is_table = certificate_table_count(table, size, &count);

    REACHES(is_table && count == 1);
    REACHES(!is_table && size == sizeof memory);
    PROVE(is_table == is_right);
    if (!is_table || count == 0)
        return 0;
    PROVE(count == wanted);
    size_t index = any_below(count);
    certificate_table_read(&entry, table, index);
    REACHES(entry.is_der && entry.data.size > 0);
    PROVE(entry.offset == number_at(table + 24 * index + 16));
    PROVE(entry.data.bytes == table + entry.offset && entry.offset <= size);
    PROVE(entry.data.size == number_at(table + 24 * index + 20));
    PROVE(entry.data.size <= size - entry.offset);
    PROVE(entry.guid[SEVL_GUID_TEXT_LENGTH] == '\0' && (entry.name != NULL || !entry.is_der));
}
