/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a diagnosis of a launch digest tries of CPUs, for any guest: every difference is named and
 * is one, the boot is that of who launches it, up to SEVL_SNP_FINDINGS_MAX findings are enough, and
 * nothing is tried after the search is over. All the states and signatures of a group are tried.
 *
 * With 1 model of CPUs and 1 processor, of any signature.
 */
#include "digest_search_model.h"

#include <core/snp/diagnose_states.c>

const struct sevl_cpu_type sevl_cpu_types[SEVL_CPU_TYPES];
const struct sevl_silicon sevl_silicon[SEVL_SILICON_COUNT];

/* Who launches is any VMM in the first cases, and one of them in each other, some with a kernel. */
#define GROUP (CASE < 4 ? CASE : CASE < 12 ? 4 : 5)

static uint32_t wanted_signature;
static enum sevl_vmm wanted_vmm;
static bool wanted_kernel;
static enum sevl_fpu wanted_fpu;
static uint32_t found; /* trials that have all of these */

static uint32_t cpus_max_of(void)
{
    const struct sevl_snp_guest *guest = &reference.guest;
    if (GROUP < 3 || GROUP == 4)
        return 0;
    if (GROUP == 3)
        return SEVL_CPUS_MAX;
    return guest->reset_address == 0 || guest->cpus > 256 ? guest->cpus : 256;
}

static void check_trial(const struct sevl_snp_trial *trial)
{
    const struct sevl_cpu *cpu = &trial->guest.cpu;
    PROVE(trial->cpus_max == cpus_max_of());
    PROVE(has(trial, SEVL_SNP_MISTAKE_VMM) == (GROUP == 4));
    PROVE(!has(trial, SEVL_SNP_MISTAKE_KERNEL_UNMEASURED) || GROUP == 4);
    PROVE(!has(trial, SEVL_SNP_MISTAKE_FPU) || GROUP == 1 || GROUP > 3);
    PROVE(!has(trial, SEVL_SNP_MISTAKE_CPU_SIGNATURE) || GROUP == 2 || GROUP > 3);
    PROVE(cpu->vmm != SEVL_VMM_KRUN || reference.guest.cpu.vmm == SEVL_VMM_KRUN);
    if (rdx_of(cpu) == wanted_signature && cpu->vmm == wanted_vmm && cpu->fpu == wanted_fpu &&
        trial->guest.has_kernel == wanted_kernel)
        found++;
}

/* Whether it is one that is known where a VMM starts CPUs. */
static bool is_known(uint32_t signature, enum sevl_vmm vmm)
{
    if (vmm != SEVL_VMM_QEMU)
        return signature == 0 || signature == 0x600;
    uint32_t last = reported.signature != 0 ? reported.signature : sevl_silicon[0].signature;
    return signature == sevl_cpu_types[0].signature || signature == last;
}

/* The least number of trials with what is wanted, of a search that goes on to its end. */
static uint32_t least(void)
{
    const struct sevl_snp_guest *given = &reference.guest;
    bool is_given = wanted_signature == rdx_of(&given->cpu);
    bool is_same_fpu = wanted_fpu == given->cpu.fpu;
    bool is_same_vmm = wanted_vmm == given->cpu.vmm;
    bool is_same = is_same_vmm && wanted_kernel == given->has_kernel;
    if (GROUP == 4)
        return !is_same_vmm && wanted_vmm != SEVL_VMM_KRUN &&
                       (given->has_kernel || !wanted_kernel) &&
                       is_known(wanted_signature, wanted_vmm)
                   ? 2
                   : 0;
    if (!is_same)
        return 0;
    if (GROUP == 5)
        return is_given || is_known(wanted_signature, wanted_vmm) ? 2 : 0;
    if (GROUP == 2)
        return !is_given && is_same_fpu && is_known(wanted_signature, wanted_vmm) ? 1 : 0;
    if (GROUP == 1)
        return is_given && !is_same_fpu ? 2 : 0;
    return is_given && is_same_fpu ? 1 : 0;
}

int main(void)
{
    static bool (*const groups[])(
        struct sevl_snp_search *) = {sevl_snp_try_features,   sevl_snp_try_fpu,
                                     sevl_snp_try_signatures, sevl_snp_try_cpu_counts,
                                     sevl_snp_try_vmms,       sevl_snp_try_cpu_combinations};
    make_any_launch();
    if (CASE > 3)
        reference.guest.cpu.vmm = (enum sevl_vmm)(CASE % 4);
    if (GROUP == 4)
        reference.guest.has_kernel = CASE >= 8;
    __CPROVER_havoc_object((void *)sevl_cpu_types);
    __CPROVER_havoc_object((void *)sevl_silicon);
    wanted_signature = nondet_u32();
    wanted_kernel = nondet_bool();
    wanted_fpu = nondet_bool() ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2;
    wanted_vmm = nondet_bool() ? SEVL_VMM_QEMU : nondet_bool() ? SEVL_VMM_EC2 : SEVL_VMM_GCE;

    bool is_over = groups[GROUP](&search);

    REACHES(!is_over && GROUP == 0);
    REACHES(!is_over && GROUP == 1);
    REACHES(!is_over && GROUP == 2 && tries == 2);
    REACHES(!is_over && GROUP == 3 && tries == 1);
    REACHES(!is_over && GROUP == 4 && tries > 40);
    REACHES(!is_over && GROUP == 5 && tries == 12);
    REACHES(!is_over && GROUP == 2 && reference.guest.cpu.vmm == SEVL_VMM_KRUN && tries == 1);
    PROVE(is_over == is_ended);
    PROVE(is_over || found >= least());
}
