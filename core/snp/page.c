/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp/page.h"

#include <string.h>

#include "base/bytes.h"

/* PAGE_INFO: the digest, the contents, then these; VMPL permissions and the rest are 0. */
#define CONTENTS 0x30
#define LENGTH 0x60
#define PAGE_TYPE 0x62
#define ADDRESS 0x68
#define PAGE_INFO_SIZE 0x70

static enum sevl_result hash_page_info(const uint8_t *info,
                                       uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    struct sevl_sha384 sha384;
    enum sevl_result result = sevl_sha384_init(&sha384);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&sha384, info, PAGE_INFO_SIZE);
    if (result == SEVL_OK)
        return sevl_sha384_finish(&sha384, digest);
    memset(digest, 0, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    return result;
}

enum sevl_result sevl_snp_page_append(uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                      enum sevl_snp_page_type type, uint64_t address,
                                      const uint8_t *contents)
{
    uint8_t info[PAGE_INFO_SIZE] = {0};
    memcpy(info, digest, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    if (contents != NULL)
        memcpy(info + CONTENTS, contents, SEVL_SHA384_SIZE);
    sevl_put16(info + LENGTH, PAGE_INFO_SIZE);
    info[PAGE_TYPE] = (uint8_t)type;
    sevl_put32(info + ADDRESS, (uint32_t)address);
    sevl_put32(info + ADDRESS + 4, (uint32_t)(address >> 32));
    return hash_page_info(info, digest);
}
