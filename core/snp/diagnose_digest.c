/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/diagnose.h"

#include <string.h>

#include "base/assert.h"
#include "snp/digest_groups.h"

static bool has_svsm_caa(const struct sevl_snp_search *search)
{
    const struct sevl_sev_metadata *metadata = &search->reference->guest.metadata;
    for (uint32_t i = 0; i < metadata->count; i++)
        if (sevl_sev_metadata_section(metadata, i).type == SEVL_SEV_SECTION_SVSM_CAA)
            return true;
    return false;
}

/* Whether all of the group was tried, or the budget did not let it; used if nothing is found. */
static void note_group(const struct sevl_snp_search *search, enum sevl_snp_tried tried)
{
    if (search->is_spent)
        search->findings->skipped |= UINT32_C(1) << tried;
    else
        search->findings->tried |= UINT32_C(1) << tried;
}

static void try_group(struct sevl_snp_search *search, enum sevl_snp_tried tried, bool is_of_guest,
                      bool (*try_all)(struct sevl_snp_search *search))
{
    if (!is_of_guest)
        return;
    if (search->result == SEVL_ERROR_ABSENT && !search->is_spent)
        (void)try_all(search);
    if (!search->with_state)
        note_group(search, tried);
}

static void try_cpus(struct sevl_snp_search *search)
{
    bool has_others = search->reference->guest.reset_address != 0;
    try_group(search, SEVL_SNP_TRIED_SEV_FEATURES, true, sevl_snp_try_features);
    try_group(search, SEVL_SNP_TRIED_FPU, true, sevl_snp_try_fpu);
    try_group(search, SEVL_SNP_TRIED_CPU_SIGNATURE, true, sevl_snp_try_signatures);
    try_group(search, SEVL_SNP_TRIED_CPUS, has_others, sevl_snp_try_cpu_counts);
}

/* Cheap and likely things come first, for machines that cannot try all. */
static void try_boots(struct sevl_snp_search *search)
{
    bool is_boot = search->reference->guest.has_kernel;
    bool has_store = sevl_snp_has_variant(search, SEVL_SNP_FIRMWARE_NO_STORE);
    bool has_fill = sevl_snp_has_variant(search, SEVL_SNP_FIRMWARE_NO_FILL);
    bool has_room = sevl_snp_has_variant(search, SEVL_SNP_FIRMWARE_ZERO_FILL);
    try_group(search, SEVL_SNP_TRIED_KERNEL_UNMEASURED, is_boot, sevl_snp_try_kernel_unmeasured);
    try_group(search, SEVL_SNP_TRIED_KERNEL_EXCHANGED, is_boot, sevl_snp_try_kernel_exchanged);
    try_group(search, SEVL_SNP_TRIED_INITRD, is_boot, sevl_snp_try_no_initrd);
    try_group(search, SEVL_SNP_TRIED_HASHES_FIRST, is_boot, sevl_snp_try_hashes_first);
    try_group(search, SEVL_SNP_TRIED_SVSM_CAA, has_svsm_caa(search), sevl_snp_try_no_svsm_caa);
    try_group(search, SEVL_SNP_TRIED_VARIABLE_STORE, has_store, sevl_snp_try_no_store);
    try_group(search, SEVL_SNP_TRIED_FILL, has_fill, sevl_snp_try_no_fill);
    try_group(search, SEVL_SNP_TRIED_FILLED, has_room, sevl_snp_try_filled);
    try_group(search, SEVL_SNP_TRIED_CMDLINE, is_boot, sevl_snp_try_cmdlines);
}

static void try_boots_with_state(struct sevl_snp_search *search)
{
    search->with_state = true;
    try_boots(search);
    search->with_state = false;
    note_group(search, SEVL_SNP_TRIED_WITH_STATE);
}

/* Whether the guest is one that has a launch digest: it is not tried, as it did not match. */
static enum sevl_result check_guest(const struct sevl_snp_search *search)
{
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    const struct sevl_snp_guest *guest = &search->reference->guest;
    if (guest->cpus == 0 || guest->cpus > SEVL_CPUS_MAX || !sevl_scratch_is_valid(search->scratch))
        return SEVL_ERROR_STATE;
    if (search->scratch.size < SEVL_SNP_DIAGNOSE_SCRATCH_MIN)
        return SEVL_ERROR_LENGTH;
    enum sevl_result result = sevl_snp_launch_digest_before_cpus(guest, digest);
    return result == SEVL_OK || result == SEVL_ERROR_CRYPTO ? result : SEVL_ERROR_STATE;
}

static void run_search(struct sevl_snp_search *search)
{
    try_cpus(search);
    try_boots(search);
    try_group(search, SEVL_SNP_TRIED_VMM, true, sevl_snp_try_vmms);
    try_boots_with_state(search);
    try_group(search, SEVL_SNP_TRIED_CPU_COMBINATIONS, true, sevl_snp_try_cpu_combinations);
}

enum sevl_result sevl_snp_diagnose(const struct sevl_snp_reference_values *reference,
                                   const struct sevl_snp_reported *reported,
                                   struct sevl_scratch scratch, uint32_t budget,
                                   struct sevl_snp_findings *findings)
{
    struct sevl_snp_search search = {.reference = reference,
                                     .reported = reported,
                                     .scratch = scratch,
                                     .findings = findings,
                                     .result = SEVL_ERROR_ABSENT,
                                     .blocks_left = budget};
    memset(findings, 0, sizeof *findings);
    enum sevl_result result = check_guest(&search);
    if (result != SEVL_OK)
        return result;
    run_search(&search);
    if (search.result != SEVL_ERROR_ABSENT) {
        findings->tried = 0;
        findings->skipped = 0;
    }
    SEVL_ASSERT(sevl_snp_findings_are_valid(findings));
    return search.result;
}
