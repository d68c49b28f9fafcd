/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis of a launch digest tries of kernel, initrd and command line. */
#include <string.h>

#include "guest/cmdline_variants.h"
#include "snp/digest_groups.h"

bool sevl_snp_try_kernel_unmeasured(struct sevl_snp_search *search)
{
    struct sevl_snp_trial trial = sevl_snp_search_trial(search);
    trial.guest.has_kernel = false;
    sevl_snp_trial_add(&trial, SEVL_SNP_MISTAKE_KERNEL_UNMEASURED, 0);
    return sevl_snp_try_boot(search, &trial);
}

bool sevl_snp_try_kernel_exchanged(struct sevl_snp_search *search)
{
    const struct sevl_kernel_hashes *given = &search->reference->guest.kernel;
    struct sevl_snp_trial trial = sevl_snp_search_trial(search);
    memcpy(trial.guest.kernel.kernel, given->initrd, SEVL_SHA256_SIZE);
    memcpy(trial.guest.kernel.initrd, given->kernel, SEVL_SHA256_SIZE);
    sevl_snp_trial_add(&trial, SEVL_SNP_MISTAKE_KERNEL_EXCHANGED, 0);
    return sevl_snp_try_boot(search, &trial);
}

/* Hashes are of a few blocks, which no budget counts. */
static bool hash_bytes(struct sevl_snp_search *search, const void *bytes, size_t size,
                       uint8_t hash[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 stream;
    enum sevl_result result = sevl_sha256_init(&stream);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&stream, bytes, size);
    if (result == SEVL_OK)
        result = sevl_sha256_finish(&stream, hash);
    return sevl_snp_search_is_over(search, result);
}

static bool leave_out_initrd(struct sevl_snp_search *search, struct sevl_snp_trial *trial)
{
    sevl_snp_trial_add(trial, SEVL_SNP_MISTAKE_INITRD, 0);
    return hash_bytes(search, NULL, 0, trial->guest.kernel.initrd);
}

bool sevl_snp_try_no_initrd(struct sevl_snp_search *search)
{
    struct sevl_snp_trial trial = sevl_snp_search_trial(search);
    return leave_out_initrd(search, &trial) || sevl_snp_try_boot(search, &trial);
}

bool sevl_snp_try_hashes_first(struct sevl_snp_search *search)
{
    struct sevl_snp_trial trial = sevl_snp_search_trial(search);
    trial.guest.quirk = SEVL_SNP_QUIRK_HASHES_FIRST;
    sevl_snp_trial_add(&trial, SEVL_SNP_MISTAKE_HASHES_FIRST, 0);
    return sevl_snp_try_boot(search, &trial);
}

/* A guest with another command line, and that guest without its initrd. */
static bool try_cmdline(struct sevl_snp_search *search, const struct sevl_snp_trial *trial)
{
    struct sevl_snp_trial alone = *trial;
    struct sevl_snp_trial without_initrd = *trial;
    return sevl_snp_try_boot(search, &alone) || leave_out_initrd(search, &without_initrd) ||
           sevl_snp_try_boot(search, &without_initrd);
}

static bool try_variant(struct sevl_snp_search *search, struct sevl_cmdline_variant variant)
{
    struct sevl_snp_trial trial = sevl_snp_search_trial(search);
    sevl_snp_trial_add(&trial, SEVL_SNP_MISTAKE_CMDLINE, sevl_cmdline_variant_to_value(variant));
    return sevl_snp_search_is_over(search,
                                   sevl_cmdline_hash_variant(&search->reference->cmdline, &variant,
                                                             trial.guest.kernel.cmdline)) ||
           try_cmdline(search, &trial);
}

static bool try_no_cmdline(struct sevl_snp_search *search)
{
    struct sevl_snp_trial trial = sevl_snp_search_trial(search);
    sevl_snp_trial_add(&trial, SEVL_SNP_MISTAKE_CMDLINE_ABSENT, 0);
    return hash_bytes(search, "", 1, trial.guest.kernel.cmdline) || try_cmdline(search, &trial);
}

bool sevl_snp_try_cmdlines(struct sevl_snp_search *search)
{
    const struct sevl_cmdline *cmdline = &search->reference->cmdline;
    bool is_open = cmdline->head.state == SEVL_SHA256_OPEN;
    struct sevl_cmdline_variant variant;
    if (try_no_cmdline(search))
        return true;
    for (uint32_t n = 0; is_open && sevl_cmdline_variant_at(cmdline, n, &variant); n++)
        if (try_variant(search, variant))
            return true;
    return false;
}
