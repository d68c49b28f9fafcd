/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_diagnose, for any guest and groups that end in any way: what has no digest is refused. A
 * bit of `tried` is set only after all of its group was tried, and one of `skipped` only of a group
 * that the guest has after the budget was spent; one of them of every group that it has. After a
 * match, an error or a spent budget no group is tried, and after a match or an error no bit is set.
 *
 * With up to 2 sections; a case has a kernel or none, a variable store or none, and fill or none.
 */
#include "proof.h"

#include <core/snp/diagnose_digest.c>

#define SECTIONS 2

static struct sevl_snp_reference_values reference;
static struct sevl_snp_reported reported;
static uint8_t memory[SEVL_SNP_DIAGNOSE_SCRATCH_MIN];
static uint32_t types[SECTIONS];
static enum sevl_result before_cpus = SEVL_OK;
static bool has_variant[SEVL_SNP_FIRMWARE_ERASED_FILL + 1];
static uint32_t budget;
static bool is_checked; /* that the guest has a digest */
static bool is_ended;
static bool is_matched;
static bool is_spent;
static bool is_with_state;
static bool is_state_over;
static uint32_t complete; /* groups that were tried alone, and all of them */
static uint32_t complete_with_state;

struct sevl_sev_section sevl_sev_metadata_section(const struct sevl_sev_metadata *metadata,
                                                  uint32_t number)
{
    PROVE(metadata == &reference.guest.metadata && number < metadata->count);
    return (struct sevl_sev_section){.type = types[number]};
}

enum sevl_result
sevl_snp_launch_digest_before_cpus(const struct sevl_snp_guest *guest,
                                   uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    PROVE(guest == &reference.guest && !is_checked);
    PROVE(__CPROVER_w_ok(launch_digest, SEVL_SNP_LAUNCH_DIGEST_SIZE));
    is_checked = true;
    return before_cpus;
}

bool sevl_snp_has_variant(const struct sevl_snp_search *search,
                          enum sevl_snp_firmware_change change)
{
    return has_variant[change];
}

static bool is_boot(enum sevl_snp_tried tried)
{
    return tried >= SEVL_SNP_TRIED_KERNEL_UNMEASURED && tried <= SEVL_SNP_TRIED_CMDLINE;
}

static bool try_any(struct sevl_snp_search *search, enum sevl_snp_tried tried)
{
    uint32_t bit = UINT32_C(1) << tried;
    PROVE(is_checked && before_cpus == SEVL_OK && !is_ended && !is_spent);
    PROVE(search->reference == &reference && search->reported == &reported);
    PROVE(search->scratch.bytes == memory && search->blocks_left == budget);
    PROVE(search->with_state ? is_boot(tried) && !is_state_over : (complete & bit) == 0);
    is_with_state = is_with_state || search->with_state;
    is_state_over = is_with_state && !search->with_state;
    PROVE(!is_state_over || tried > SEVL_SNP_TRIED_WITH_STATE);
    is_matched = nondet_bool();
    is_ended = is_matched || nondet_bool();
    is_spent = !is_ended && nondet_bool();
    search->is_spent = is_spent;
    if (is_ended)
        search->result = is_matched ? SEVL_OK : SEVL_ERROR_CRYPTO;
    if (is_matched)
        search->findings->count = 1;
    if (is_ended || is_spent)
        return true;
    complete |= search->with_state ? 0 : bit;
    complete_with_state |= search->with_state ? bit : 0;
    return false;
}

#define GROUP(function, tried)                          \
    bool function(struct sevl_snp_search *search)       \
    {                                                   \
        return try_any(search, SEVL_SNP_TRIED_##tried); \
    }
GROUP(sevl_snp_try_features, SEV_FEATURES)
GROUP(sevl_snp_try_fpu, FPU)
GROUP(sevl_snp_try_signatures, CPU_SIGNATURE)
GROUP(sevl_snp_try_cpu_counts, CPUS)
GROUP(sevl_snp_try_kernel_unmeasured, KERNEL_UNMEASURED)
GROUP(sevl_snp_try_kernel_exchanged, KERNEL_EXCHANGED)
GROUP(sevl_snp_try_no_initrd, INITRD)
GROUP(sevl_snp_try_hashes_first, HASHES_FIRST)
GROUP(sevl_snp_try_no_svsm_caa, SVSM_CAA)
GROUP(sevl_snp_try_no_store, VARIABLE_STORE)
GROUP(sevl_snp_try_no_fill, FILL)
GROUP(sevl_snp_try_filled, FILLED)
GROUP(sevl_snp_try_cmdlines, CMDLINE)
GROUP(sevl_snp_try_vmms, VMM)
GROUP(sevl_snp_try_cpu_combinations, CPU_COMBINATIONS)

static bool has_svsm(void)
{
    bool is_one = false;
    for (size_t i = 0; i < reference.guest.metadata.count; i++)
        is_one = is_one || types[i] == 4;
    return is_one;
}

static uint32_t groups_of_guest(void)
{
    bool has_kernel = reference.guest.has_kernel;
    const bool groups[] = {true,
                           true,
                           true,
                           reference.guest.reset_address != 0,
                           has_kernel,
                           has_kernel,
                           has_kernel,
                           has_kernel,
                           has_svsm(),
                           has_variant[SEVL_SNP_FIRMWARE_NO_STORE],
                           has_variant[SEVL_SNP_FIRMWARE_NO_FILL],
                           has_variant[SEVL_SNP_FIRMWARE_ZERO_FILL],
                           has_kernel,
                           true,
                           true,
                           true};
    uint32_t bits = 0;
    for (uint32_t i = 0; i < sizeof groups; i++)
        bits |= (uint32_t)groups[i] << i;
    return bits;
}

static void prove_told(const struct sevl_snp_findings *findings)
{
    uint32_t state = UINT32_C(1) << SEVL_SNP_TRIED_WITH_STATE;
    uint32_t boots = groups_of_guest() & UINT32_C(0x1ff0);
    PROVE((findings->tried & ~state) == complete);
    PROVE((findings->tried & findings->skipped) == 0);
    PROVE((findings->tried | findings->skipped) == groups_of_guest());
    PROVE(is_spent == (findings->skipped != 0));
    PROVE((findings->tried & state) == 0 || complete_with_state == boots);
    PROVE((findings->tried & state) == 0 || (complete & boots) == boots);
}

int main(void)
{
    struct sevl_snp_findings findings;
    __CPROVER_havoc_object(&reference);
    __CPROVER_havoc_object(types);
    __CPROVER_havoc_object(&findings);
    reference.guest.cpu.vmm = SEVL_VMM_QEMU;
    reference.guest.cpu.fpu = SEVL_FPU_LEGACY;
    reference.guest.quirk = SEVL_SNP_QUIRK_NONE;
    reference.guest.has_kernel = CASE % 2 == 1;
    reference.guest.metadata.count = (uint32_t)any_below(SECTIONS + 1);
    for (size_t i = 0; i < sizeof has_variant; i++)
        has_variant[i] = nondet_bool();
    has_variant[SEVL_SNP_FIRMWARE_NO_STORE] = CASE / 2 % 2 == 1;
    has_variant[SEVL_SNP_FIRMWARE_NO_FILL] = CASE / 4 == 1;
    has_variant[SEVL_SNP_FIRMWARE_ERASED_FILL] = has_variant[SEVL_SNP_FIRMWARE_ZERO_FILL];
    before_cpus = nondet_bool()   ? SEVL_OK
                  : nondet_bool() ? SEVL_ERROR_CRYPTO
                  : nondet_bool() ? SEVL_ERROR_LENGTH
                  : nondet_bool() ? SEVL_ERROR_ENCODING
                                  : SEVL_ERROR_ABSENT;
    struct sevl_scratch scratch = {nondet_bool() ? NULL : memory, any_below(sizeof memory + 1)};
    uint32_t cpus = reference.guest.cpus;
    bool is_valid = cpus > 0 && cpus <= SEVL_CPUS_MAX && sevl_scratch_is_valid(scratch);
    bool is_large = scratch.size >= SEVL_SNP_DIAGNOSE_SCRATCH_MIN;
    bool is_guest = before_cpus == SEVL_OK || before_cpus == SEVL_ERROR_CRYPTO;
    budget = nondet_u32();

    enum sevl_result result = sevl_snp_diagnose(&reference, &reported, scratch, budget, &findings);

    REACHES(result == SEVL_OK && is_with_state && !is_state_over);
    REACHES(result == SEVL_OK && is_state_over);
    REACHES(result == SEVL_ERROR_ABSENT && findings.skipped == 0 && findings.tried == 0xffff);
    REACHES(result == SEVL_ERROR_ABSENT && findings.tried == 0);
    REACHES(result == SEVL_ERROR_ABSENT && findings.skipped == 0x8000);
    REACHES(result == SEVL_ERROR_CRYPTO && before_cpus == SEVL_OK && complete != 0);
    REACHES(result == SEVL_ERROR_STATE && scratch.size > 0 && cpus == 1 && !is_guest);
    REACHES(result == SEVL_ERROR_STATE && cpus == SEVL_CPUS_MAX + 1);
    REACHES(result == SEVL_ERROR_LENGTH);
    PROVE((result == SEVL_ERROR_LENGTH) == (is_valid && !is_large));
    PROVE((result == SEVL_ERROR_STATE) == (!is_valid || (is_large && !is_guest)));
    PROVE((result == SEVL_OK) == is_matched && findings.count == is_matched);
    if (is_valid && is_large)
        PROVE((result == SEVL_ERROR_CRYPTO) ==
              (before_cpus == SEVL_ERROR_CRYPTO || (is_ended && !is_matched)));
    if (result == SEVL_ERROR_ABSENT)
        prove_told(&findings);
    else
        PROVE(findings.tried == 0 && findings.skipped == 0);
}
