/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/launch_digest.h"

#include <string.h>

#include "base/assert.h"

enum sevl_result sevl_sev_launch_digest_start(const struct sevl_sev_guest *guest,
                                              struct sevl_sha256 *digest)
{
    uint8_t table[SEVL_KERNEL_HASHES_TABLE_SIZE];
    SEVL_ASSERT(sevl_sev_guest_is_valid(guest));
    *digest = guest->firmware;
    if (!guest->has_kernel)
        return sevl_sha256_update(digest, NULL, 0);
    sevl_kernel_hashes_table(&guest->kernel, table);
    return sevl_sha256_update(digest, table, sizeof table);
}

/* One page as often as there are CPUs, built no more often than memory demands. */
static enum sevl_result append_built(const struct sevl_cpu *cpu, uint32_t reset_address,
                                     struct sevl_sha256 *digest, uint32_t count,
                                     struct sevl_scratch scratch)
{
    enum sevl_result result = SEVL_OK;
    size_t window = scratch.size < SEVL_VMSA_SIZE ? scratch.size : SEVL_VMSA_SIZE;
    size_t offset = 0;
    size_t built = SEVL_VMSA_SIZE;
    while (count > 0 && result == SEVL_OK) {
        size_t left = SEVL_VMSA_SIZE - offset;
        size_t size = left < window ? left : window;
        if (built != offset)
            sevl_vmsa_build(cpu, reset_address, offset, scratch.bytes, size);
        built = offset;
        result = sevl_sha256_update(digest, scratch.bytes, size);
        offset = (offset + size) % SEVL_VMSA_SIZE;
        if (offset == 0)
            count--;
    }
    return result;
}

enum sevl_result sevl_sev_launch_digest_append_cpu0(const struct sevl_sev_guest *guest,
                                                    struct sevl_sha256 *digest,
                                                    struct sevl_scratch scratch)
{
    if (guest->vmsa_cpu0 != NULL)
        return sevl_sha256_update(digest, guest->vmsa_cpu0, SEVL_VMSA_SIZE);
    return append_built(&guest->cpu, SEVL_RESET_ADDRESS_CPU0, digest, 1, scratch);
}

enum sevl_result sevl_sev_launch_digest_append_others(const struct sevl_sev_guest *guest,
                                                      struct sevl_sha256 *digest, uint32_t count,
                                                      struct sevl_scratch scratch)
{
    enum sevl_result result = SEVL_OK;
    if (guest->vmsa_cpu0 == NULL)
        return append_built(&guest->cpu, guest->reset_address, digest, count, scratch);
    for (; count > 0 && result == SEVL_OK; count--)
        result = sevl_sha256_update(digest, guest->vmsa_cpu1, SEVL_VMSA_SIZE);
    return result;
}

enum sevl_result sevl_sev_launch_digest(const struct sevl_sev_guest *guest,
                                        struct sevl_scratch scratch,
                                        uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE])
{
    struct sevl_sha256 digest;
    if (!sevl_sev_guest_is_valid(guest) || !sevl_scratch_is_valid(scratch)) {
        memset(launch_digest, 0, SEVL_LAUNCH_DIGEST_SIZE);
        return SEVL_ERROR_STATE;
    }
    enum sevl_result result = sevl_sev_launch_digest_start(guest, &digest);
    if (result == SEVL_OK && guest->cpus > 0)
        result = sevl_sev_launch_digest_append_cpu0(guest, &digest, scratch);
    if (result == SEVL_OK && guest->cpus > 1)
        result = sevl_sev_launch_digest_append_others(guest, &digest, guest->cpus - 1, scratch);
    enum sevl_result finished = sevl_sha256_finish(&digest, launch_digest);
    return result == SEVL_OK ? finished : result;
}
