/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis of a launch digest tries of CPUs, their state and their number. */
#include "sevlaunch/guest/cpu_types.h"
#include "snp/digest_groups.h"

/* What the clouds start CPUs with in RDX, by the day of the launch. */
static const uint32_t cloud_signatures[] = {0x600, 0};
#define CLOUD_SIGNATURES (sizeof cloud_signatures / sizeof *cloud_signatures)

static size_t count_signatures(const struct sevl_snp_search *search, enum sevl_vmm vmm)
{
    if (vmm != SEVL_VMM_QEMU)
        return CLOUD_SIGNATURES;
    return SEVL_CPU_TYPES + (search->reported->signature != 0 ? 1 : SEVL_SILICON_COUNT);
}

/* A host passes its own CPU through, or shows a model of QEMU's. */
static uint32_t known_signature(const struct sevl_snp_search *search, enum sevl_vmm vmm, size_t i)
{
    uint32_t reported = search->reported->signature;
    if (vmm != SEVL_VMM_QEMU)
        return cloud_signatures[i];
    if (reported != 0 && i == 0)
        return reported;
    if (reported != 0)
        i--;
    return i < SEVL_CPU_TYPES ? sevl_cpu_types[i].signature
                              : sevl_silicon[i - SEVL_CPU_TYPES].signature;
}

/* What RDX holds. */
static uint32_t signature_of(const struct sevl_cpu *cpu)
{
    if (cpu->vmm == SEVL_VMM_QEMU || cpu->has_own_rdx)
        return cpu->signature;
    return cpu->vmm == SEVL_VMM_KRUN ? 0 : cloud_signatures[0];
}

static void set_signature(struct sevl_snp_trial *trial, uint32_t signature)
{
    struct sevl_cpu *cpu = &trial->guest.cpu;
    if (signature == signature_of(cpu))
        return;
    cpu->signature = signature;
    cpu->has_own_rdx = true;
    sevl_snp_trial_add(trial, SEVL_SNP_MISTAKE_CPU_SIGNATURE, signature);
}

/* The trial of the guest as it is, whose boot is hashed. */
static bool begin_trial(struct sevl_snp_search *search, struct sevl_snp_trial *trial)
{
    *trial = sevl_snp_search_trial(search);
    return sevl_snp_search_boot(search, trial);
}

bool sevl_snp_try_features(struct sevl_snp_search *search)
{
    struct sevl_snp_trial trial;
    return begin_trial(search, &trial) || sevl_snp_try_other_features(search, &trial);
}

bool sevl_snp_try_fpu(struct sevl_snp_search *search)
{
    struct sevl_snp_trial trial;
    if (begin_trial(search, &trial))
        return true;
    sevl_snp_trial_set_other_fpu(&trial);
    return sevl_snp_try_cpus(search, &trial) || sevl_snp_try_other_features(search, &trial);
}

bool sevl_snp_try_signatures(struct sevl_snp_search *search)
{
    struct sevl_snp_trial given;
    if (begin_trial(search, &given))
        return true;
    enum sevl_vmm vmm = given.guest.cpu.vmm;
    for (size_t i = 0; i < count_signatures(search, vmm); i++) {
        struct sevl_snp_trial trial = given;
        set_signature(&trial, known_signature(search, vmm, i));
        if (trial.count > 0 && sevl_snp_try_cpus(search, &trial))
            return true;
    }
    return false;
}

bool sevl_snp_try_cpu_counts(struct sevl_snp_search *search)
{
    struct sevl_snp_trial trial;
    if (begin_trial(search, &trial))
        return true;
    trial.cpus_max = SEVL_CPUS_MAX;
    return sevl_snp_try_cpus(search, &trial);
}

/* Each FPU state with each SEV features, that are given or usual. */
static bool try_states(struct sevl_snp_search *search, const struct sevl_snp_trial *given)
{
    struct sevl_snp_trial trial = *given;
    if (sevl_snp_try_cpus(search, &trial) || sevl_snp_try_other_features(search, &trial))
        return true;
    sevl_snp_trial_set_other_fpu(&trial);
    return sevl_snp_try_cpus(search, &trial) || sevl_snp_try_other_features(search, &trial);
}

/* Each signature with each state. */
static bool try_signatures_and_states(struct sevl_snp_search *search,
                                      const struct sevl_snp_trial *given)
{
    enum sevl_vmm vmm = given->guest.cpu.vmm;
    if (try_states(search, given))
        return true;
    for (size_t i = 0; i < count_signatures(search, vmm); i++) {
        struct sevl_snp_trial trial = *given;
        set_signature(&trial, known_signature(search, vmm, i));
        if (trial.count > given->count && try_states(search, &trial))
            return true;
    }
    return false;
}

static struct sevl_snp_trial launched_by(const struct sevl_snp_search *search, enum sevl_vmm vmm)
{
    struct sevl_snp_trial trial = sevl_snp_search_trial(search);
    struct sevl_cpu *cpu = &trial.guest.cpu;
    bool is_qemu = vmm == SEVL_VMM_QEMU;
    cpu->vmm = vmm;
    cpu->fpu = is_qemu ? SEVL_FPU_INIT2 : SEVL_FPU_LEGACY;
    cpu->has_own_rdx = is_qemu && cpu->has_own_rdx;
    sevl_snp_trial_add(&trial, SEVL_SNP_MISTAKE_VMM, (uint32_t)vmm);
    return trial;
}

static bool try_vmm(struct sevl_snp_search *search, enum sevl_vmm vmm)
{
    struct sevl_snp_trial trial = launched_by(search, vmm);
    if (vmm == search->reference->guest.cpu.vmm)
        return false;
    if (sevl_snp_search_boot(search, &trial) || try_signatures_and_states(search, &trial))
        return true;
    if (!trial.guest.has_kernel)
        return false;
    trial.guest.has_kernel = false;
    sevl_snp_trial_add(&trial, SEVL_SNP_MISTAKE_KERNEL_UNMEASURED, 0);
    return sevl_snp_search_boot(search, &trial) || try_signatures_and_states(search, &trial);
}

bool sevl_snp_try_vmms(struct sevl_snp_search *search)
{
    return try_vmm(search, SEVL_VMM_QEMU) || try_vmm(search, SEVL_VMM_EC2) ||
           try_vmm(search, SEVL_VMM_GCE);
}

/* Where others than the first are not known, there is one. */
static uint32_t most_cpus(const struct sevl_snp_guest *guest)
{
    bool is_one = guest->reset_address == 0 || guest->cpus > SEVL_SNP_DIAGNOSE_CPUS_MAX;
    return is_one ? guest->cpus : SEVL_SNP_DIAGNOSE_CPUS_MAX;
}

bool sevl_snp_try_cpu_combinations(struct sevl_snp_search *search)
{
    struct sevl_snp_trial trial;
    if (begin_trial(search, &trial))
        return true;
    trial.cpus_max = most_cpus(&trial.guest);
    return try_signatures_and_states(search, &trial);
}
