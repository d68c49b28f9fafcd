/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis tries of CPUs, their state and their number. */
#include "diagnose_groups.h"
#include "sevlaunch/guest/cpu_types.h"
#include "sevlaunch/sev/launch_digest.h"

/* Tries the CPUs with the features that are given, and with the usual ones. */
static bool try_features(struct sevl_search *search, const struct sevl_trial *trial,
                         struct sevl_sev_guest *guest)
{
    static const uint32_t usual[] = {0, 0x20, 0x1, 0x21};
    uint64_t given = search->reference->guest.cpu.sev_features;
    if (trial->count > 0 && sevl_try_guest(search, *trial, guest))
        return true;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        guest->cpu.sev_features = usual[i];
        if (usual[i] != given &&
            sevl_try_guest_with(search, *trial, guest,
                                (struct sevl_finding){SEVL_MISTAKE_SEV_FEATURES, usual[i]}))
            return true;
    }
    return false;
}

static bool try_vmm(struct sevl_search *search, enum sevl_vmm vmm)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    struct sevl_trial trial = sevl_search_trial(search);
    if (vmm == guest.cpu.vmm)
        return false;
    guest.cpu.vmm = vmm;
    if (vmm != SEVL_VMM_QEMU)
        guest.cpu.fpu = SEVL_FPU_LEGACY;
    sevl_trial_add(&trial, SEVL_MISTAKE_VMM, (uint32_t)vmm);
    return try_features(search, &trial, &guest);
}

bool sevl_try_vmms(struct sevl_search *search)
{
    return try_vmm(search, SEVL_VMM_QEMU) || try_vmm(search, SEVL_VMM_EC2) ||
           try_vmm(search, SEVL_VMM_GCE);
}

bool sevl_try_sev_features(struct sevl_search *search)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    struct sevl_trial trial = sevl_search_trial(search);
    return try_features(search, &trial, &guest);
}

/* Gives the guest QEMU's other FPU state. */
static struct sevl_finding set_other_fpu(struct sevl_sev_guest *guest)
{
    guest->cpu.fpu = guest->cpu.fpu == SEVL_FPU_INIT2 ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2;
    return (struct sevl_finding){SEVL_MISTAKE_FPU, (uint32_t)guest->cpu.fpu};
}

bool sevl_try_fpu(struct sevl_search *search)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    struct sevl_trial trial = sevl_search_trial(search);
    struct sevl_finding fpu = set_other_fpu(&guest);
    sevl_trial_add(&trial, fpu.mistake, fpu.value);
    return try_features(search, &trial, &guest);
}

#define SIGNATURES (SEVL_CPU_TYPES + SEVL_SILICON_COUNT)

static uint32_t known_signature(size_t i)
{
    return i < SEVL_CPU_TYPES ? sevl_cpu_types[i].signature
                              : sevl_silicon[i - SEVL_CPU_TYPES].signature;
}

bool sevl_try_signatures(struct sevl_search *search)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    uint32_t given = guest.cpu.signature;
    for (size_t i = 0; i < SIGNATURES; i++) {
        guest.cpu.signature = known_signature(i);
        const struct sevl_finding signature = {SEVL_MISTAKE_CPU_SIGNATURE, guest.cpu.signature};
        if (guest.cpu.signature != given &&
            sevl_try_guest_with(search, sevl_search_trial(search), &guest, signature))
            return true;
    }
    return false;
}

static bool try_count(struct sevl_search *search, struct sevl_trial trial,
                      struct sevl_sha256 stream, uint32_t cpus)
{
    sevl_trial_add(&trial, SEVL_MISTAKE_CPUS, cpus);
    return sevl_search_is_over(search, sevl_sha256_finish(&stream, trial.launch_digest)) ||
           sevl_try_alone(search, &trial);
}

/* One pass from 1 CPU to `max`: the digest is forked after each of them. */
static bool try_counts(struct sevl_search *search, const struct sevl_trial *trial,
                       const struct sevl_sev_guest *guest, uint32_t max)
{
    struct sevl_sha256 stream;
    if (sevl_search_spend(search, SEVL_DIGEST_BLOCKS))
        return true;
    bool is_over = sevl_search_is_over(search, sevl_sev_launch_digest_start(guest, &stream));
    for (uint32_t cpus = 1; cpus <= max && !is_over; cpus++) {
        if (sevl_search_spend(search, SEVL_PAGE_BLOCKS + 2))
            return true;
        is_over = sevl_search_is_over(
            search, cpus == 1
                        ? sevl_sev_launch_digest_append_cpu0(guest, &stream, search->scratch)
                        : sevl_sev_launch_digest_append_others(guest, &stream, 1, search->scratch));
        if (!is_over && cpus != guest->cpus)
            is_over = try_count(search, *trial, stream, cpus);
    }
    return is_over;
}

bool sevl_try_cpu_counts(struct sevl_search *search)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    struct sevl_trial trial = sevl_search_trial(search);
    return try_counts(search, &trial, &guest, SEVL_CPUS_MAX);
}

/* A mistake about the state of CPUs, with each number of them. */
static bool try_state_counts(struct sevl_search *search, const struct sevl_sev_guest *guest,
                             struct sevl_finding state)
{
    struct sevl_trial trial = sevl_search_trial(search);
    sevl_trial_add(&trial, state.mistake, state.value);
    return try_counts(search, &trial, guest, SEVL_DIAGNOSE_CPUS_MAX);
}

static bool try_signature_pairs(struct sevl_search *search, uint32_t signature)
{
    const struct sevl_finding model = {SEVL_MISTAKE_CPU_SIGNATURE, signature};
    struct sevl_sev_guest guest = sevl_search_guest(search);
    struct sevl_trial trial = sevl_search_trial(search);
    if (signature == guest.cpu.signature)
        return false;
    guest.cpu.signature = signature;
    if (try_state_counts(search, &guest, model))
        return true;
    sevl_trial_add(&trial, model.mistake, model.value);
    struct sevl_finding fpu = set_other_fpu(&guest);
    return sevl_try_guest_with(search, trial, &guest, fpu);
}

bool sevl_try_cpu_pairs(struct sevl_search *search)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    struct sevl_finding fpu = set_other_fpu(&guest);
    if (try_state_counts(search, &guest, fpu))
        return true;
    for (size_t i = 0; i < SIGNATURES; i++)
        if (try_signature_pairs(search, known_signature(i)))
            return true;
    return false;
}
