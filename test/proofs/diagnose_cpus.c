/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a diagnosis tries of CPUs, for any of them: every difference of their state and number is
 * named, a number is tried only of CPUs that were appended, no more blocks are hashed than were
 * spent, and nothing is tried after the search is over.
 *
 * With 3 CPUs at most, 2 in pairs, and 2 known signatures, which are any.
 */
#include "search_model.h"

#include <core/sev/diagnose_cpus.c>

const struct sevl_cpu_type sevl_cpu_types[SEVL_CPU_TYPES];
const struct sevl_silicon sevl_silicon[SEVL_SILICON_COUNT];

static uint8_t memory[1];
static struct sevl_sev_guest streamed; /* the guest whose CPUs were appended */
static uint32_t appended;
static uint64_t hashed; /* blocks */
static uint32_t counted;

static enum sevl_result append(const struct sevl_sev_guest *guest, struct sevl_scratch scratch)
{
    PROVE(scratch.bytes == memory && scratch.size == sizeof memory);
    streamed = *guest;
    appended++;
    hashed += 64;
    PROVE(hashed <= blocks_allowed);
    return succeed_or_fail();
}

enum sevl_result sevl_sev_launch_digest_start(const struct sevl_sev_guest *guest,
                                              struct sevl_sha256 *stream)
{
    appended = 0;
    hashed += 3;
    PROVE(hashed <= blocks_allowed);
    return succeed_or_fail();
}

enum sevl_result sevl_sev_launch_digest_append_cpu0(const struct sevl_sev_guest *guest,
                                                    struct sevl_sha256 *stream,
                                                    struct sevl_scratch scratch)
{
    PROVE(appended == 0);
    return append(guest, scratch);
}

enum sevl_result sevl_sev_launch_digest_append_others(const struct sevl_sev_guest *guest,
                                                      struct sevl_sha256 *stream, uint32_t count,
                                                      struct sevl_scratch scratch)
{
    PROVE(appended > 0 && count == 1);
    PROVE(guest->vmsa_cpu0 == NULL || guest->vmsa_cpu1 != NULL);
    return append(guest, scratch);
}

enum sevl_result sevl_sha256_finish(struct sevl_sha256 *stream, uint8_t hash[SEVL_SHA256_SIZE])
{
    hashed += 2;
    PROVE(hashed <= blocks_allowed);
    return succeed_or_fail();
}

static void check_guest(const struct sevl_trial *trial, const struct sevl_sev_guest *guest)
{
    const struct sevl_cpu *given = &reference.guest.cpu;
    uint64_t features = guest->cpu.sev_features;
    bool is_legacy = guest->cpu.vmm != given->vmm && guest->cpu.vmm != SEVL_VMM_QEMU;
    enum sevl_fpu fpu = is_legacy ? SEVL_FPU_LEGACY : given->fpu;
    PROVE(guest->cpu.signature == trial_value(trial, SEVL_MISTAKE_CPU_SIGNATURE, given->signature));
    PROVE(guest->cpu.vmm == trial_value(trial, SEVL_MISTAKE_VMM, given->vmm));
    PROVE(guest->cpu.fpu == trial_value(trial, SEVL_MISTAKE_FPU, fpu));
    PROVE(features == given->sev_features ||
          features == trial_value(trial, SEVL_MISTAKE_SEV_FEATURES, UINT32_MAX));
    PROVE(features != given->sev_features ||
          trial_value(trial, SEVL_MISTAKE_SEV_FEATURES, UINT32_MAX) == UINT32_MAX);
    PROVE(trial->count >= 1 && trial->count <= 2);
}

static void check_trial(const struct sevl_trial *trial)
{
    uint32_t cpus = trial_value(trial, SEVL_MISTAKE_CPUS, 0);
    prove_launch_named(trial);
    if (cpus == 0)
        return;
    PROVE(cpus == appended && cpus != streamed.cpus && cpus <= SEVL_CPUS_MAX);
    check_guest(trial, &streamed);
    counted++;
}

int main(void)
{
    static bool (*const groups[])(
        struct sevl_search *) = {sevl_try_vmms,       sevl_try_sev_features, sevl_try_fpu,
                                 sevl_try_signatures, sevl_try_cpu_counts,   sevl_try_cpu_pairs};
    make_any_launch();
    __CPROVER_havoc_object((void *)sevl_cpu_types);
    __CPROVER_havoc_object((void *)sevl_silicon);
    reference.guest.vmsa_cpu0 = CASE == 4 && nondet_bool() ? memory : NULL;
    reference.guest.vmsa_cpu1 = memory;
    ASSUME(reference.guest.cpus > 0 && reference.guest.cpus <= SEVL_CPUS_MAX);
    ASSUME(reference.guest.cpu.sev_features < UINT32_MAX);
    search.scratch = (struct sevl_scratch){memory, sizeof memory};
    search.with_others = CASE < 4 && nondet_bool();

    bool is_over = groups[CASE](&search);

    REACHES(!is_over && CASE == 0);
    REACHES(!is_over && CASE == 1);
    REACHES(!is_over && CASE == 2);
    REACHES(!is_over && CASE == 3);
    REACHES(!is_over && CASE == 4 && counted == 2);
    REACHES(!is_over && CASE == 5 && counted > 2);
    PROVE(is_over == is_ended);
    PROVE(is_over || CASE != 4 || counted == SEVL_CPUS_MAX - 1);
}
