/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "crypto/constant_time.h"
#include "sevlaunch/snp/launch_digest.h"

static enum sevl_result append_cpus(uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                    const struct sevl_snp_guest *guest, struct sevl_scratch scratch)
{
    uint8_t hash[SEVL_SHA384_SIZE];
    enum sevl_result result =
        sevl_snp_cpu_hash(&guest->cpu, SEVL_RESET_ADDRESS_CPU0, scratch, hash);
    if (result == SEVL_OK)
        result = sevl_snp_launch_digest_add_cpu(digest, hash);
    if (result == SEVL_OK && guest->cpus > 1)
        result = sevl_snp_cpu_hash(&guest->cpu, guest->reset_address, scratch, hash);
    for (uint32_t i = 1; i < guest->cpus && result == SEVL_OK; i++)
        result = sevl_snp_launch_digest_add_cpu(digest, hash);
    return result;
}

enum sevl_result sevl_snp_launch_digest(const struct sevl_snp_guest *guest,
                                        struct sevl_scratch scratch,
                                        uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    memset(launch_digest, 0, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    if (guest->cpus == 0 || guest->cpus > SEVL_CPUS_MAX || !sevl_scratch_is_valid(scratch))
        return SEVL_ERROR_STATE;
    enum sevl_result result = sevl_snp_launch_digest_before_cpus(guest, launch_digest);
    if (result == SEVL_OK)
        result = append_cpus(launch_digest, guest, scratch);
    if (result != SEVL_OK)
        memset(launch_digest, 0, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    return result;
}

enum sevl_result
sevl_snp_launch_digest_compare(const uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                               const uint8_t measurement[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    bool is_equal =
        sevl_constant_time_equal(launch_digest, measurement, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    return is_equal ? SEVL_MATCH : SEVL_MISMATCH;
}
