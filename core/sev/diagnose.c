/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/diagnose.h"

#include <string.h>

#include "base/assert.h"
#include "diagnose_groups.h"
#include "sevlaunch/wipe.h"

/* The pads of both keys. */
#define PREPARE_BLOCKS 4

static bool has_kernel(const struct sevl_search *search)
{
    return search->reference->has_firmware && search->reference->guest.has_kernel;
}

static bool is_cut_page(const struct sevl_search *search)
{
    return search->reference->has_firmware &&
           search->reference->firmware_size % SEVL_PAGE_SIZE != 0;
}

static bool may_have_store(const struct sevl_search *search)
{
    const struct sevl_firmware_code *code = search->reference->firmware_code;
    return search->reference->has_firmware && code != NULL &&
           code->size > sevl_variable_store_sizes[0];
}

static bool has_cpus(const struct sevl_search *search)
{
    return search->reference->has_firmware && sevl_search_guest(search).cpus > 0;
}

static bool has_built_cpus(const struct sevl_search *search)
{
    return has_cpus(search) && search->reference->guest.vmsa_cpu0 == NULL;
}

static bool has_qemu_cpus(const struct sevl_search *search)
{
    return has_built_cpus(search) && search->reference->guest.cpu.vmm == SEVL_VMM_QEMU;
}

/* Whether there is something to measure for CPUs but the first. */
static bool has_other_cpus(const struct sevl_search *search)
{
    const struct sevl_sev_guest *guest = &search->reference->guest;
    bool is_known = guest->vmsa_cpu0 != NULL ? guest->vmsa_cpu1 != NULL : guest->reset_address != 0;
    return has_cpus(search) && is_known;
}

static bool has_qemu_pairs(const struct sevl_search *search)
{
    return has_qemu_cpus(search) && has_other_cpus(search);
}

/* Whether a group's single mistakes are tried with a build or swapped keys. */
static bool has_pass_with_others(enum sevl_tried tried)
{
    bool is_of_keys = tried == SEVL_TRIED_KEYS_SWAPPED || tried == SEVL_TRIED_BUILD;
    return !is_of_keys && tried != SEVL_TRIED_API_VERSION && tried != SEVL_TRIED_CPUS;
}

/* Where the search goes on: whether all of the group was tried, or the budget did not let it. */
static void note_group(struct sevl_search *search, enum sevl_tried tried)
{
    if (search->result != SEVL_ERROR_ABSENT)
        return;
    if (search->is_spent)
        search->findings->skipped |= UINT32_C(1) << tried;
    else if (!search->is_partial)
        search->findings->tried |= UINT32_C(1) << tried;
}

static void try_group(struct sevl_search *search, enum sevl_tried tried, bool is_of_launch,
                      bool (*try_all)(struct sevl_search *search))
{
    if (!is_of_launch || (search->with_others && !has_pass_with_others(tried)))
        return;
    search->is_partial = false;
    if (search->result == SEVL_ERROR_ABSENT && !search->is_spent)
        (void)try_all(search);
    if (!search->with_others)
        note_group(search, tried);
}

/* Cheap and likely things come first, for machines that cannot try all. */
static void try_mistakes(struct sevl_search *search)
{
    bool is_boot = has_kernel(search);
    bool is_built = has_built_cpus(search);
    bool is_qemu = has_qemu_cpus(search);
    try_group(search, SEVL_TRIED_KEYS_SWAPPED, search->has_tek, sevl_try_keys);
    try_group(search, SEVL_TRIED_BUILD, true, sevl_try_other_builds);
    try_group(search, SEVL_TRIED_POLICY_BASE, true, sevl_try_policy_bases);
    try_group(search, SEVL_TRIED_POLICY, true, sevl_try_policies);
    try_group(search, SEVL_TRIED_API_VERSION, true, sevl_try_versions);
    try_group(search, SEVL_TRIED_KERNEL_UNMEASURED, is_boot, sevl_try_kernel_unmeasured);
    try_group(search, SEVL_TRIED_KERNEL_EXCHANGED, is_boot, sevl_try_kernel_exchanged);
    try_group(search, SEVL_TRIED_INITRD, is_boot, sevl_try_no_initrd);
    try_group(search, SEVL_TRIED_CMDLINE, is_boot, sevl_try_cmdlines);
    try_group(search, SEVL_TRIED_FIRMWARE_PADDED, is_cut_page(search), sevl_try_padding);
    try_group(search, SEVL_TRIED_VARIABLE_STORE, may_have_store(search), sevl_try_firmware_code);
    try_group(search, SEVL_TRIED_ES, sevl_search_has_other_es(search), sevl_try_es);
    try_group(search, SEVL_TRIED_VMM, is_built, sevl_try_vmms);
    try_group(search, SEVL_TRIED_SEV_FEATURES, is_built, sevl_try_sev_features);
    try_group(search, SEVL_TRIED_FPU, is_qemu, sevl_try_fpu);
    try_group(search, SEVL_TRIED_CPU_SIGNATURE, is_qemu, sevl_try_signatures);
    try_group(search, SEVL_TRIED_CPUS, has_other_cpus(search), sevl_try_cpu_counts);
}

static void try_with_others(struct sevl_search *search)
{
    search->with_others = true;
    try_mistakes(search);
    search->with_others = false;
    search->is_partial = false;
    note_group(search, SEVL_TRIED_WITH_OTHERS);
}

static enum sevl_result prepare_keys(struct sevl_search *search, const uint8_t *tek,
                                     const uint8_t tik[SEVL_TIK_SIZE])
{
    enum sevl_result result = sevl_hmac_prepare(&search->tik, tik);
    if (result == SEVL_OK && search->has_tek)
        result = sevl_hmac_prepare(&search->tek, tek);
    return result;
}

static void run_search(struct sevl_search *search, const uint8_t *tek,
                       const uint8_t tik[SEVL_TIK_SIZE])
{
    if (!sevl_search_spend(search, PREPARE_BLOCKS) &&
        sevl_search_is_over(search, prepare_keys(search, tek, tik)))
        return;
    try_mistakes(search);
    try_with_others(search);
    try_group(search, SEVL_TRIED_CPU_PAIRS, has_qemu_pairs(search), sevl_try_cpu_pairs);
    try_group(search, SEVL_TRIED_VERSIONS, true, sevl_try_versions_and_builds);
}

/* What was found is all that is told. */
static void end_search(struct sevl_search *search)
{
    sevl_wipe(&search->tik, sizeof search->tik);
    sevl_wipe(&search->tek, sizeof search->tek);
    if (search->result == SEVL_ERROR_ABSENT)
        return;
    search->findings->tried = 0;
    search->findings->skipped = 0;
}

enum sevl_result sevl_diagnose(const struct sevl_reference_values *reference,
                               const struct sevl_evidence *evidence,
                               const uint8_t tek[SEVL_TEK_SIZE], const uint8_t tik[SEVL_TIK_SIZE],
                               struct sevl_scratch scratch, uint32_t budget,
                               struct sevl_findings *findings)
{
    struct sevl_search search = {.reference = reference,
                                 .evidence = evidence,
                                 .has_tek = tek != NULL,
                                 .scratch = scratch,
                                 .findings = findings,
                                 .result = SEVL_ERROR_ABSENT,
                                 .blocks_left = budget};
    memset(findings, 0, sizeof *findings);
    if (!sevl_reference_values_are_valid(reference) || !sevl_scratch_is_valid(scratch))
        return SEVL_ERROR_STATE;
    if (scratch.size < SEVL_DIAGNOSE_SCRATCH_MIN)
        return SEVL_ERROR_LENGTH;
    run_search(&search, tek, tik);
    end_search(&search);
    SEVL_ASSERT(sevl_findings_are_valid(findings));
    return search.result;
}
