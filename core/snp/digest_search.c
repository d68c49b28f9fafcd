/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp/digest_search.h"

#include <string.h>

#include "crypto/constant_time.h"

/* What SHA-384 takes for a page, with its padding, and for a link of the chain. */
#define PAGE_BLOCKS UINT64_C(33)
#define LINK_BLOCKS UINT64_C(2)

struct sevl_snp_trial sevl_snp_search_trial(const struct sevl_snp_search *search)
{
    return (struct sevl_snp_trial){.guest = search->reference->guest};
}

bool sevl_snp_search_is_over(struct sevl_snp_search *search, enum sevl_result result)
{
    if (result != SEVL_OK)
        search->result = result;
    return search->result != SEVL_ERROR_ABSENT;
}

bool sevl_snp_search_spend(struct sevl_snp_search *search, uint64_t blocks)
{
    if (blocks > search->blocks_left)
        search->is_spent = true;
    else
        search->blocks_left -= (uint32_t)blocks;
    return search->is_spent;
}

void sevl_snp_trial_add(struct sevl_snp_trial *trial, enum sevl_snp_mistake mistake, uint32_t value)
{
    trial->finding[trial->count++] = (struct sevl_snp_finding){mistake, value};
}

static uint64_t count_boot_blocks(const struct sevl_snp_guest *guest)
{
    uint64_t pages = 1;
    for (uint32_t i = 0; i < guest->metadata.count; i++)
        pages += sevl_sev_metadata_section(&guest->metadata, i).size / SEVL_PAGE_SIZE;
    return PAGE_BLOCKS + pages * LINK_BLOCKS;
}

bool sevl_snp_search_boot(struct sevl_snp_search *search, struct sevl_snp_trial *trial)
{
    if (sevl_snp_search_spend(search, count_boot_blocks(&trial->guest)))
        return true;
    return sevl_snp_search_is_over(search, sevl_snp_launch_digest_before_cpus(&trial->guest,
                                                                              trial->before_cpus));
}

static void report_findings(struct sevl_snp_search *search, const struct sevl_snp_trial *trial)
{
    search->findings->count = trial->count;
    memcpy(search->findings->finding, trial->finding, sizeof trial->finding);
    search->result = SEVL_OK;
}

/* Compares the digest of a trial with a number of CPUs. */
static bool compare(struct sevl_snp_search *search, const struct sevl_snp_trial *trial,
                    uint32_t cpus, const uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    struct sevl_snp_trial found;
    if (!sevl_constant_time_equal(digest, search->reported->measurement,
                                  SEVL_SNP_LAUNCH_DIGEST_SIZE))
        return false;
    found = *trial;
    if (cpus != trial->guest.cpus)
        sevl_snp_trial_add(&found, SEVL_SNP_MISTAKE_CPUS, cpus);
    report_findings(search, &found);
    return true;
}

/* The pages of CPU 0 and of the others. */
static bool hash_cpus(struct sevl_snp_search *search, const struct sevl_snp_guest *guest,
                      uint8_t hashes[2][SEVL_SHA384_SIZE])
{
    if (sevl_snp_search_spend(search, 2 * PAGE_BLOCKS))
        return true;
    return sevl_snp_search_is_over(search, sevl_snp_cpu_hash(&guest->cpu, SEVL_RESET_ADDRESS_CPU0,
                                                             search->scratch, hashes[0])) ||
           sevl_snp_search_is_over(search, sevl_snp_cpu_hash(&guest->cpu, guest->reset_address,
                                                             search->scratch, hashes[1]));
}

/* One chain from CPU 1 to `last`; what it is after each CPU from `first` on is compared. */
static bool try_chain(struct sevl_snp_search *search, const struct sevl_snp_trial *trial,
                      uint32_t first, uint32_t last)
{
    uint8_t hashes[2][SEVL_SHA384_SIZE];
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    memcpy(digest, trial->before_cpus, sizeof digest);
    bool is_over = hash_cpus(search, &trial->guest, hashes);
    for (uint32_t cpus = 1; cpus <= last && !is_over; cpus++) {
        if (sevl_snp_search_spend(search, LINK_BLOCKS))
            return true;
        is_over = sevl_snp_search_is_over(search,
                                          sevl_snp_launch_digest_add_cpu(digest, hashes[cpus > 1]));
        if (!is_over && cpus >= first)
            is_over = compare(search, trial, cpus, digest);
    }
    return is_over;
}

bool sevl_snp_try_cpus(struct sevl_snp_search *search, const struct sevl_snp_trial *trial)
{
    uint32_t cpus = trial->guest.cpus;
    return trial->cpus_max == 0 ? try_chain(search, trial, cpus, cpus)
                                : try_chain(search, trial, 1, trial->cpus_max);
}

bool sevl_snp_try_other_features(struct sevl_snp_search *search, const struct sevl_snp_trial *trial)
{
    static const uint32_t usual[] = {0x1, 0x21, 0x201, 0x221};
    uint64_t given = search->reference->guest.cpu.sev_features;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        struct sevl_snp_trial other = *trial;
        other.guest.cpu.sev_features = usual[i];
        sevl_snp_trial_add(&other, SEVL_SNP_MISTAKE_SEV_FEATURES, usual[i]);
        if (usual[i] != given && sevl_snp_try_cpus(search, &other))
            return true;
    }
    return false;
}

void sevl_snp_trial_set_other_fpu(struct sevl_snp_trial *trial)
{
    struct sevl_cpu *cpu = &trial->guest.cpu;
    cpu->fpu = cpu->fpu == SEVL_FPU_INIT2 ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2;
    sevl_snp_trial_add(trial, SEVL_SNP_MISTAKE_FPU, (uint32_t)cpu->fpu);
}

/* All states but the one that is given. */
static bool try_with_state(struct sevl_snp_search *search, struct sevl_snp_trial *trial)
{
    if (sevl_snp_try_other_features(search, trial))
        return true;
    sevl_snp_trial_set_other_fpu(trial);
    return sevl_snp_try_cpus(search, trial) || sevl_snp_try_other_features(search, trial);
}

bool sevl_snp_try_boot(struct sevl_snp_search *search, struct sevl_snp_trial *trial)
{
    if (sevl_snp_search_boot(search, trial))
        return true;
    return search->with_state ? try_with_state(search, trial) : sevl_snp_try_cpus(search, trial);
}
