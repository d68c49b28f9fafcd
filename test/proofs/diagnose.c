/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_diagnose, for any reference values and budget, and groups that end in any way: what is
 * not valid is refused. A bit of `tried` is set only after all of its group was tried, and one
 * of `skipped` only of a group that the launch has after the budget was spent; one of them of
 * every group that the launch has, unless it was tried in part. After a match, an error or a
 * spent budget no group is tried. The pads of both keys are wiped.
 */
#include "proof.h"

#include <core/sev/diagnose.c>

const uint32_t sevl_variable_store_sizes[SEVL_VARIABLE_STORES] = {1, 2};

static struct sevl_reference_values reference;
static struct sevl_evidence evidence;
static struct sevl_firmware_code code;
static uint8_t tek[SEVL_TEK_SIZE];
static uint8_t tik[SEVL_TIK_SIZE];
static uint8_t memory[SEVL_DIAGNOSE_SCRATCH_MIN];
static const struct sevl_hmac_pads *tik_pads;
static const struct sevl_hmac_pads *tek_pads;
static bool has_tek;
static bool is_ended;
static bool is_matched;
static bool is_spent;
static bool is_with_others;
static bool is_others_over;
static uint32_t complete; /* groups that were tried alone, and all of them */
static uint32_t partial;

bool sevl_search_spend(struct sevl_search *search, uint32_t blocks)
{
    is_spent = blocks > search->blocks_left;
    search->is_spent = is_spent;
    search->blocks_left -= is_spent ? 0 : blocks;
    return is_spent;
}

bool sevl_search_is_over(struct sevl_search *search, enum sevl_result result)
{
    if (result != SEVL_OK)
        search->result = result;
    is_ended = result != SEVL_OK;
    return is_ended;
}

struct sevl_sev_guest sevl_search_guest(const struct sevl_search *search)
{
    struct sevl_sev_guest guest = search->reference->guest;
    if (!sevl_policy_is_es(search->evidence->launch.policy))
        guest.cpus = 0;
    return guest;
}

bool sevl_search_has_other_es(const struct sevl_search *search)
{
    return !search->reference->has_firmware || search->reference->guest.cpus > 0;
}

/* Each key has two pads, of a block each. */
enum sevl_result sevl_hmac_prepare(struct sevl_hmac_pads *pads,
                                   const uint8_t key[SEVL_HMAC_KEY_SIZE])
{
    PROVE(!is_spent && (key == tik || (key == tek && has_tek)));
    if (key == tik)
        tik_pads = pads;
    else
        tek_pads = pads;
    return nondet_bool() ? SEVL_OK : SEVL_ERROR_CRYPTO;
}

void sevl_wipe(void *data, size_t size)
{
    PROVE(__CPROVER_w_ok(data, size));
    if (data == tik_pads && size == sizeof *tik_pads)
        tik_pads = NULL;
    if (data == tek_pads && size == sizeof *tek_pads)
        tek_pads = NULL;
}

static bool try_any(struct sevl_search *search, enum sevl_tried tried, bool needs_firmware)
{
    PROVE(!is_ended && !is_spent && !is_others_over);
    PROVE(search->reference->has_firmware || !needs_firmware);
    is_with_others = is_with_others || search->with_others;
    PROVE(search->with_others || !is_with_others || tried > SEVL_TRIED_WITH_OTHERS);
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
    if (nondet_bool()) {
        search->is_partial = true;
        partial |= UINT32_C(1) << tried;
    } else if (!search->with_others) {
        complete |= UINT32_C(1) << tried;
    }
    return false;
}

#define GROUP(function, tried, needs_firmware)                      \
    bool function(struct sevl_search *search)                       \
    {                                                               \
        return try_any(search, SEVL_TRIED_##tried, needs_firmware); \
    }
GROUP(sevl_try_keys, KEYS_SWAPPED, false)
GROUP(sevl_try_other_builds, BUILD, false)
GROUP(sevl_try_policy_bases, POLICY_BASE, false)
GROUP(sevl_try_policies, POLICY, false)
GROUP(sevl_try_versions, API_VERSION, false)
GROUP(sevl_try_kernel_unmeasured, KERNEL_UNMEASURED, true)
GROUP(sevl_try_kernel_exchanged, KERNEL_EXCHANGED, true)
GROUP(sevl_try_no_initrd, INITRD, true)
GROUP(sevl_try_cmdlines, CMDLINE, true)
GROUP(sevl_try_padding, FIRMWARE_PADDED, true)
GROUP(sevl_try_firmware_code, VARIABLE_STORE, true)
GROUP(sevl_try_es, ES, false)
GROUP(sevl_try_vmms, VMM, true)
GROUP(sevl_try_sev_features, SEV_FEATURES, true)
GROUP(sevl_try_fpu, FPU, true)
GROUP(sevl_try_signatures, CPU_SIGNATURE, true)
GROUP(sevl_try_cpu_counts, CPUS, true)
GROUP(sevl_try_cpu_pairs, CPU_PAIRS, true)
GROUP(sevl_try_versions_and_builds, VERSIONS, false)

static uint32_t groups_of_launch(void)
{
    const struct sevl_sev_guest *guest = &reference.guest;
    bool has_cpus =
        reference.has_firmware && guest->cpus > 0 && sevl_policy_is_es(evidence.launch.policy);
    bool builds = has_cpus && guest->vmsa_cpu0 == NULL;
    bool is_qemu = builds && guest->cpu.vmm == SEVL_VMM_QEMU;
    bool has_others = has_cpus && (builds ? guest->reset_address != 0 : guest->vmsa_cpu1 != NULL);
    bool has_kernel = reference.has_firmware && guest->has_kernel;
    bool is_cut = reference.has_firmware && reference.firmware_size % 4096 != 0;
    bool has_code = reference.has_firmware && reference.firmware_code != NULL && code.size > 1;
    bool has_es = !reference.has_firmware || guest->cpus > 0;
    const bool groups[] = {has_tek,
                           true,
                           true,
                           true,
                           true,
                           has_kernel,
                           has_kernel,
                           has_kernel,
                           has_kernel,
                           is_cut,
                           has_code,
                           has_es,
                           builds,
                           builds,
                           is_qemu,
                           is_qemu,
                           has_others,
                           true,
                           is_qemu && has_others,
                           true};
    uint32_t bits = 0;
    for (uint32_t i = 0; i < sizeof groups; i++)
        bits |= (uint32_t)groups[i] << i;
    return bits;
}

static void prove_told(const struct sevl_findings *findings)
{
    uint32_t others = UINT32_C(1) << SEVL_TRIED_WITH_OTHERS;
    uint32_t all = groups_of_launch();
    PROVE((findings->tried & ~complete & ~others) == 0);
    PROVE((findings->tried & findings->skipped) == 0);
    PROVE(((findings->tried | findings->skipped) & ~all) == 0);
    PROVE((all & ~partial & ~findings->tried & ~findings->skipped) == 0);
    PROVE(is_spent == (findings->skipped != 0));
    PROVE(is_spent || (findings->tried & others) != 0);
    if (is_spent)
        PROVE((findings->tried & others) == 0 || findings->tried > others ||
              findings->skipped > others);
}

int main(void)
{
    struct sevl_findings findings;
    __CPROVER_havoc_object(&reference);
    __CPROVER_havoc_object(&evidence);
    reference.guest.cpu.fpu = SEVL_FPU_LEGACY;
    reference.guest.cpu.vmm = nondet_bool() ? SEVL_VMM_QEMU : SEVL_VMM_EC2;
    __CPROVER_havoc_object(&code);
    reference.firmware_code = nondet_bool() ? NULL : &code;
    reference.guest.vmsa_cpu0 = nondet_bool() ? NULL : memory;
    reference.guest.vmsa_cpu1 = nondet_bool() ? NULL : memory;
    struct sevl_scratch scratch = {nondet_bool() ? NULL : memory, any_below(sizeof memory + 1)};
    bool is_valid = sevl_reference_values_are_valid(&reference) && sevl_scratch_is_valid(scratch);
    bool is_large = scratch.size >= SEVL_DIAGNOSE_SCRATCH_MIN;
    uint32_t budget = nondet_u32();
    has_tek = nondet_bool();

    enum sevl_result result =
        sevl_diagnose(&reference, &evidence, has_tek ? tek : NULL, tik, scratch, budget, &findings);

    REACHES(result == SEVL_OK && is_with_others);
    REACHES(result == SEVL_ERROR_ABSENT && findings.skipped == 0 && findings.tried == 0xfffff);
    REACHES(result == SEVL_ERROR_ABSENT && findings.tried == 0 && budget == 3);
    REACHES(result == SEVL_ERROR_ABSENT && findings.skipped != 0 && findings.tried != 0);
    REACHES(result == SEVL_ERROR_CRYPTO);
    REACHES(result == SEVL_ERROR_STATE && scratch.size > 0);
    REACHES(result == SEVL_ERROR_LENGTH);
    PROVE(budget >= 4 || tik_pads == NULL);
    PROVE(tik_pads == NULL && tek_pads == NULL);
    PROVE((result == SEVL_ERROR_STATE) == !is_valid);
    PROVE((result == SEVL_ERROR_LENGTH) == (is_valid && !is_large));
    PROVE((result == SEVL_OK) == is_matched && findings.count == is_matched);
    PROVE((result == SEVL_ERROR_CRYPTO) == (is_ended && !is_matched));
    if (result == SEVL_ERROR_ABSENT)
        prove_told(&findings);
    else
        PROVE(findings.tried == 0 && findings.skipped == 0);
}
