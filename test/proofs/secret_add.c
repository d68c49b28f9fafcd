/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_secret_add, for valid tables of no secret, one of 3 bytes, and a second of none,
 * every capacity up to 96, and secrets of 0, 3 and 8 bytes and of far too many.
 */
#include "secret_proof.h"

#define CAPACITY_MAX 96

/* CBMC's own fails for sizes that no object has. */
void *memcpy(void *to, const void *from, size_t size)
{
    PROVE(size <= CAPACITY_MAX);
    for (size_t i = 0; i < size && i < CAPACITY_MAX; i++)
        ((uint8_t *)to)[i] = ((const uint8_t *)from)[i];
    return to;
}

/* Here, GUIDs differ in their first byte. */
bool sevl_guid_equal(const struct sevl_guid *a, const uint8_t bytes[SEVL_GUID_SIZE])
{
    PROVE(__CPROVER_r_ok(bytes, SEVL_GUID_SIZE));
    return a->bytes[0] == bytes[0];
}

static bool is_there(const struct sevl_secret_table *table, const uint8_t *buffer, uint8_t guid)
{
    uint32_t second = table->size > 20 ? 20 + sevl_get32(buffer + 36) : 0;
    return table->size > 20 &&
           (buffer[20] == guid || (second < table->size && buffer[second] == guid));
}

static void add(uint8_t buffer[CAPACITY_MAX], const struct sevl_secret_table *was, size_t size)
{
    uint8_t before[CAPACITY_MAX];
    uint8_t secret[8];
    struct sevl_guid guid;
    struct sevl_secret_table table = *was;
    const uint8_t *bytes = size > sizeof secret ? NULL : ENDING(secret, size);
    size_t padding = was->padding == SEVL_SECRET_PADDING_MINIMAL ? 15 : 16;
    memcpy(before, buffer, sizeof before);

    enum sevl_result result = sevl_secret_add(&table, buffer, &guid, bytes, size);

    REACHES(result == SEVL_OK && was->size == 63);
    REACHES(result == SEVL_OK && was->size + 20 + size == was->capacity);
    REACHES(result == SEVL_ERROR_DUPLICATE);
    REACHES(result == SEVL_ERROR_LENGTH && size == 0);
    PROVE((result == SEVL_ERROR_DUPLICATE) == is_there(was, before, guid.bytes[0]));
    PROVE(table.capacity == was->capacity && table.padding == was->padding);
    size_t i = any_below(CAPACITY_MAX);
    if (result != SEVL_OK) {
        PROVE(result == SEVL_ERROR_DUPLICATE ||
              (result == SEVL_ERROR_LENGTH &&
               (size > 8 || (was->size + 20 + size + padding) / 16 * 16 > was->capacity)));
        PROVE(table.size == was->size && buffer[i] == before[i]);
        return;
    }
    PROVE(table.size == was->size + 20 + size);
    PROVE(sevl_secret_table_is_valid(&table, buffer));
    PROVE(sevl_get32(buffer + 16) == table.size);
    PROVE(sevl_get32(buffer + was->size + 16) == 20 + size);
    PROVE(i >= 16 || starts_with_table_guid(buffer, i));
    PROVE(i >= 16 || buffer[was->size + i] == guid.bytes[i]);
    PROVE(i >= size || buffer[was->size + 20 + i] == bytes[i]);
    PROVE(i < 20 || (i >= was->size && i < table.size) || buffer[i] == before[i]);
}

/* A table of secrets with these sizes; NONE means no such secret. */
#define NONE 99
static void add_to(size_t first, size_t second, size_t size)
{
    uint8_t buffer[CAPACITY_MAX];
    /* Sizes that are not there are never copied when the capacity is known. */
    struct sevl_secret_table table = {20, size > 8 ? CAPACITY_MAX : nondet_u32(),
                                      nondet_bool() ? SEVL_SECRET_PADDING_LIBVIRT
                                                    : SEVL_SECRET_PADDING_MINIMAL};
    if (first != NONE) {
        sevl_put32(buffer + 36, (uint32_t)(20 + first));
        table.size += (uint32_t)(20 + first);
    }
    if (second != NONE) {
        sevl_put32(buffer + table.size + 16, (uint32_t)(20 + second));
        table.size += (uint32_t)(20 + second);
    }
    ASSUME(table.capacity <= CAPACITY_MAX && sevl_secret_table_is_valid(&table, buffer));
    add(buffer, &table, size);
}

static void add_any_size(size_t first, size_t second)
{
    static const size_t sizes[] = {0, 3, 8, CAPACITY_MAX + 1, SIZE_MAX};
    add_to(first, second, sizes[CASE % 5]);
}

int main(void)
{
    int chosen = CASE / 5;
    if (chosen == 0)
        add_any_size(NONE, NONE);
    else if (chosen == 1)
        add_any_size(3, NONE);
    else
        add_any_size(3, 0);
}
