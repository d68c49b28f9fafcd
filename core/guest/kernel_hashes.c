/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/kernel_hashes.h"

#include <string.h>

#include "base/bytes.h"
#include "base/guid_bytes.h"

#define ENTRY_HEADER_SIZE (SEVL_GUID_SIZE + 2)
#define ENTRY_SIZE (ENTRY_HEADER_SIZE + SEVL_SHA256_SIZE)
#define TABLE_LENGTH (ENTRY_HEADER_SIZE + 3 * ENTRY_SIZE)

static const struct sevl_guid hashes_table_guid =
    SEVL_GUID(0x9438d606, 0x4f22, 0x4cc9, 0xb4, 0x79, 0xa7, 0x93, 0xd4, 0x11, 0xfd, 0x21);
static const struct sevl_guid cmdline_guid =
    SEVL_GUID(0x97d02dd8, 0xbd20, 0x4c94, 0xaa, 0x78, 0xe7, 0x71, 0x4d, 0x36, 0xab, 0x2a);
static const struct sevl_guid initrd_guid =
    SEVL_GUID(0x44baf731, 0x3a2f, 0x4bd7, 0x9a, 0xf1, 0x41, 0xe2, 0x91, 0x69, 0x78, 0x1d);
static const struct sevl_guid kernel_guid =
    SEVL_GUID(0x4de79437, 0xabd2, 0x427f, 0xb8, 0x35, 0xd5, 0xb1, 0x72, 0xd2, 0x04, 0x5b);

static uint8_t *put_table_header(uint8_t *next, const struct sevl_guid *guid, uint16_t length)
{
    memcpy(next, guid->bytes, SEVL_GUID_SIZE);
    sevl_put16(next + SEVL_GUID_SIZE, length);
    return next + ENTRY_HEADER_SIZE;
}

static uint8_t *put_hash_entry(uint8_t *next, const struct sevl_guid *guid,
                               const uint8_t hash[SEVL_SHA256_SIZE])
{
    next = put_table_header(next, guid, ENTRY_SIZE);
    memcpy(next, hash, SEVL_SHA256_SIZE);
    return next + SEVL_SHA256_SIZE;
}

void sevl_kernel_hashes_table(const struct sevl_kernel_hashes *hashes,
                              uint8_t table[SEVL_KERNEL_HASHES_TABLE_SIZE])
{
    memset(table, 0, SEVL_KERNEL_HASHES_TABLE_SIZE);
    uint8_t *next = put_table_header(table, &hashes_table_guid, TABLE_LENGTH);
    next = put_hash_entry(next, &cmdline_guid, hashes->cmdline);
    next = put_hash_entry(next, &initrd_guid, hashes->initrd);
    (void)put_hash_entry(next, &kernel_guid, hashes->kernel);
}
