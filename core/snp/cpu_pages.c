/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "snp/page.h"

/* Where KVM, EC2 and GCE put the page of every CPU. */
#define VMSA_ADDRESS UINT64_C(0xfffffffff000)

static enum sevl_result append_windows(struct sevl_sha384 *page, const struct sevl_cpu *cpu,
                                       uint32_t reset_address, struct sevl_scratch scratch)
{
    enum sevl_result result = SEVL_OK;
    for (size_t at = 0; at < SEVL_VMSA_SIZE && result == SEVL_OK; at += scratch.size) {
        size_t left = SEVL_VMSA_SIZE - at;
        size_t size = left < scratch.size ? left : scratch.size;
        sevl_vmsa_build(cpu, reset_address, at, scratch.bytes, size);
        result = sevl_sha384_update(page, scratch.bytes, size);
    }
    return result;
}

enum sevl_result sevl_snp_cpu_hash(const struct sevl_cpu *cpu, uint32_t reset_address,
                                   struct sevl_scratch scratch, uint8_t hash[SEVL_SHA384_SIZE])
{
    struct sevl_sha384 page;
    memset(hash, 0, SEVL_SHA384_SIZE);
    if (!sevl_scratch_is_valid(scratch))
        return SEVL_ERROR_STATE;
    enum sevl_result result = sevl_sha384_init(&page);
    if (result == SEVL_OK)
        result = append_windows(&page, cpu, reset_address, scratch);
    return result == SEVL_OK ? sevl_sha384_finish(&page, hash) : result;
}

enum sevl_result sevl_snp_launch_digest_add_cpu(uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                                const uint8_t hash[SEVL_SHA384_SIZE])
{
    return sevl_snp_page_append(launch_digest, SEVL_SNP_PAGE_VMSA, VMSA_ADDRESS, hash);
}
