/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sevl_kernel_hashes_table, for every three hashes: the 176 bytes that QEMU measures. */
#include "proof.h"

/* The initialisers of static GUIDs truncate on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/guest/kernel_hashes.c>
#pragma CPROVER check pop

/* As in the table: QEMU, target/i386/sev.c. */
static const uint8_t guids[4][16] = {
    {0x06, 0xd6, 0x38, 0x94, 0x22, 0x4f, 0xc9, 0x4c, 0xb4, 0x79, 0xa7, 0x93, 0xd4, 0x11, 0xfd,
     0x21},
    {0xd8, 0x2d, 0xd0, 0x97, 0x20, 0xbd, 0x94, 0x4c, 0xaa, 0x78, 0xe7, 0x71, 0x4d, 0x36, 0xab,
     0x2a},
    {0x31, 0xf7, 0xba, 0x44, 0x2f, 0x3a, 0xd7, 0x4b, 0x9a, 0xf1, 0x41, 0xe2, 0x91, 0x69, 0x78,
     0x1d},
    {0x37, 0x94, 0xe7, 0x4d, 0xd2, 0xab, 0x7f, 0x42, 0xb8, 0x35, 0xd5, 0xb1, 0x72, 0xd2, 0x04,
     0x5b},
};

static uint8_t of_header(size_t header, size_t at, uint8_t length)
{
    return at < 16 ? guids[header][at] : at == 16 ? length : 0;
}

static uint8_t expected(const struct sevl_kernel_hashes *kernel, size_t at)
{
    const uint8_t *hashes[3] = {kernel->cmdline, kernel->initrd, kernel->kernel};
    if (at < 18)
        return of_header(0, at, 168);
    if (at >= 168)
        return 0;
    size_t entry = (at - 18) / 50;
    size_t in_entry = (at - 18) % 50;
    return in_entry < 18 ? of_header(1 + entry, in_entry, 50) : hashes[entry][in_entry - 18];
}

int main(void)
{
    struct sevl_kernel_hashes kernel;
    uint8_t table[SEVL_KERNEL_HASHES_TABLE_SIZE];
    size_t i = any_below(sizeof table);

    sevl_kernel_hashes_table(&kernel, table);

    REACHES(i == 175);
    PROVE(sizeof table == 176);
    PROVE(table[i] == expected(&kernel, i));
}
