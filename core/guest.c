/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "guest.h"

#include <string.h>

#include "valid.h"

enum sevl_result sevl_guest_start(const struct sevl_guest *guest, struct sevl_digest *digest)
{
    uint8_t table[SEVL_KERNEL_TABLE_SIZE];
    SEVL_ASSERT(sevl_guest_is_valid(guest));
    *digest = guest->firmware;
    if (!guest->has_kernel)
        return sevl_digest_update(digest, NULL, 0);
    sevl_kernel_table(&guest->kernel, table);
    return sevl_digest_update(digest, table, sizeof table);
}

/* One page as often as there are CPUs, built no more often than memory demands. */
static enum sevl_result append_built(const struct sevl_cpu *cpu, uint32_t reset_address,
                                     struct sevl_digest *digest, uint32_t count,
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
            sevl_vmsa_read(cpu, reset_address, offset, scratch.bytes, size);
        built = offset;
        result = sevl_digest_update(digest, scratch.bytes, size);
        offset = (offset + size) % SEVL_VMSA_SIZE;
        count -= offset == 0;
    }
    return result;
}

enum sevl_result sevl_guest_append_cpu0(const struct sevl_guest *guest, struct sevl_digest *digest,
                                        struct sevl_scratch scratch)
{
    if (guest->vmsa_cpu0 != NULL)
        return sevl_digest_update(digest, guest->vmsa_cpu0, SEVL_VMSA_SIZE);
    return append_built(&guest->cpu, SEVL_RESET_ADDRESS_CPU0, digest, 1, scratch);
}

enum sevl_result sevl_guest_append_others(const struct sevl_guest *guest,
                                          struct sevl_digest *digest, uint32_t count,
                                          struct sevl_scratch scratch)
{
    enum sevl_result result = SEVL_OK;
    if (guest->vmsa_cpu0 == NULL)
        return append_built(&guest->cpu, guest->reset_address, digest, count, scratch);
    for (; count > 0 && result == SEVL_OK; count--)
        result = sevl_digest_update(digest, guest->vmsa_cpu1, SEVL_VMSA_SIZE);
    return result;
}

enum sevl_result sevl_guest_digest(const struct sevl_guest *guest, struct sevl_scratch scratch,
                                   uint8_t launch_digest[SEVL_SHA256_SIZE])
{
    struct sevl_digest digest;
    if (!sevl_guest_is_valid(guest) || !sevl_scratch_is_valid(scratch)) {
        memset(launch_digest, 0, SEVL_SHA256_SIZE);
        return SEVL_ERROR_STATE;
    }
    enum sevl_result result = sevl_guest_start(guest, &digest);
    if (result == SEVL_OK && guest->cpus > 0)
        result = sevl_guest_append_cpu0(guest, &digest, scratch);
    if (result == SEVL_OK && guest->cpus > 1)
        result = sevl_guest_append_others(guest, &digest, guest->cpus - 1, scratch);
    enum sevl_result finished = sevl_digest_finish(&digest, launch_digest);
    return result == SEVL_OK ? finished : result;
}
