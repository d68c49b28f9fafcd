/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis tries of kernel, initrd and command line. */
#include <string.h>

#include "crypto/constant_time.h"
#include "diagnose_groups.h"
#include "guest/cmdline_variants.h"

/* The rest of a command line, its tail, an ending and the padding. */
#define CMDLINE_BLOCKS 3

bool sevl_try_kernel_unmeasured(struct sevl_search *search)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    guest.has_kernel = false;
    return sevl_try_guest_with(search, sevl_search_trial(search), &guest,
                               (struct sevl_finding){SEVL_MISTAKE_KERNEL_UNMEASURED, 0});
}

bool sevl_try_kernel_exchanged(struct sevl_search *search)
{
    const struct sevl_kernel_hashes *given = &search->reference->guest.kernel;
    struct sevl_sev_guest guest = sevl_search_guest(search);
    memcpy(guest.kernel.kernel, given->initrd, SEVL_SHA256_SIZE);
    memcpy(guest.kernel.initrd, given->kernel, SEVL_SHA256_SIZE);
    return sevl_try_guest_with(search, sevl_search_trial(search), &guest,
                               (struct sevl_finding){SEVL_MISTAKE_KERNEL_EXCHANGED, 0});
}

static bool hash_bytes(struct sevl_search *search, const void *bytes, size_t size,
                       uint8_t hash[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 stream;
    if (sevl_search_spend(search, 1))
        return true;
    enum sevl_result result = sevl_sha256_init(&stream);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&stream, bytes, size);
    if (result == SEVL_OK)
        result = sevl_sha256_finish(&stream, hash);
    return sevl_search_is_over(search, result);
}

bool sevl_try_no_initrd(struct sevl_search *search)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    if (hash_bytes(search, NULL, 0, guest.kernel.initrd))
        return true;
    return sevl_try_guest_with(search, sevl_search_trial(search), &guest,
                               (struct sevl_finding){SEVL_MISTAKE_INITRD, 0});
}

/* A guest with another command line, and that guest without its initrd. */
static bool try_cmdline(struct sevl_search *search, struct sevl_sev_guest *guest,
                        struct sevl_finding finding)
{
    const struct sevl_kernel_hashes *given = &search->reference->guest.kernel;
    struct sevl_trial trial = sevl_search_trial(search);
    if (sevl_constant_time_equal(guest->kernel.cmdline, given->cmdline, SEVL_SHA256_SIZE))
        return false;
    if (sevl_try_guest_with(search, trial, guest, finding))
        return true;
    if (hash_bytes(search, NULL, 0, guest->kernel.initrd))
        return true;
    sevl_trial_add(&trial, SEVL_MISTAKE_INITRD, 0);
    bool is_over = sevl_try_guest_with(search, trial, guest, finding);
    memcpy(guest->kernel.initrd, given->initrd, SEVL_SHA256_SIZE);
    return is_over;
}

static bool try_variant(struct sevl_search *search, struct sevl_sev_guest *guest,
                        struct sevl_cmdline_variant variant)
{
    const struct sevl_cmdline *cmdline = &search->reference->cmdline;
    if (sevl_search_spend(search, CMDLINE_BLOCKS))
        return true;
    if (sevl_search_is_over(search,
                            sevl_cmdline_hash_variant(cmdline, &variant, guest->kernel.cmdline)))
        return true;
    return try_cmdline(search, guest,
                       (struct sevl_finding){SEVL_MISTAKE_CMDLINE,
                                             sevl_cmdline_variant_to_value(variant)});
}

static bool try_no_cmdline(struct sevl_search *search, struct sevl_sev_guest *guest)
{
    if (hash_bytes(search, "", 1, guest->kernel.cmdline))
        return true;
    return try_cmdline(search, guest, (struct sevl_finding){SEVL_MISTAKE_CMDLINE_ABSENT, 0});
}

bool sevl_try_cmdlines(struct sevl_search *search)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    struct sevl_cmdline_variant variant;
    for (uint32_t n = 0; sevl_cmdline_variant_at(&search->reference->cmdline, n, &variant); n++)
        if (try_variant(search, &guest, variant))
            return true;
    return try_no_cmdline(search, &guest);
}
