/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/guest/kernel_hashes.h>
#include <string.h>

#include "support.h"
#include "tables.h"

/* Where each hash is, and the padding after the last. */
#define CMDLINE_AT (18 + 18)
#define INITRD_AT (CMDLINE_AT + 50)
#define KERNEL_AT (INITRD_AT + 50)
#define PADDING_AT 168

static void the_table_is_that_of_python(void **state)
{
    (void)state;
    uint8_t table[SEVL_KERNEL_HASHES_TABLE_SIZE + 1];
    memset(table, 0x55, sizeof table);
    sevl_kernel_hashes_table(&kernel_hashes, table);
    assert_memory_equal(table, kernel_table, sizeof kernel_table);
    assert_true(is_zero(table + PADDING_AT, SEVL_KERNEL_HASHES_TABLE_SIZE - PADDING_AT));
    assert_int_equal(table[SEVL_KERNEL_HASHES_TABLE_SIZE], 0x55);
}

/* A change of one hash changes only its 32 bytes. */
static void each_hash_has_its_place(void **state)
{
    (void)state;
    const struct {
        size_t field;
        size_t at;
    } places[] = {
        {offsetof(struct sevl_kernel_hashes, cmdline), CMDLINE_AT},
        {offsetof(struct sevl_kernel_hashes, initrd), INITRD_AT},
        {offsetof(struct sevl_kernel_hashes, kernel), KERNEL_AT},
    };
    for (size_t p = 0; p < 3; p++) {
        struct sevl_kernel_hashes other = kernel_hashes;
        uint8_t expected[SEVL_KERNEL_HASHES_TABLE_SIZE];
        uint8_t table[SEVL_KERNEL_HASHES_TABLE_SIZE];
        memset((uint8_t *)&other + places[p].field, 0xa5, SEVL_SHA256_SIZE);
        memcpy(expected, kernel_table, sizeof expected);
        memset(expected + places[p].at, 0xa5, SEVL_SHA256_SIZE);
        sevl_kernel_hashes_table(&other, table);
        assert_memory_equal(table, expected, sizeof table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_that_of_python),
        cmocka_unit_test(each_hash_has_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
