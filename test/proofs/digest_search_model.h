/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The functions of core/snp/digest_search.h, any of which may end the search; nothing is tried
 * after that. Of each trial that is tried, the guest differs from the one that was given only in
 * what findings name, there is room for the findings that are added to it, and what was hashed
 * before its CPUs is of that guest. The harness says what else must be true of it.
 *
 * What is true for one byte of a digest or a hash, at any `place`, is true for all.
 */
#ifndef SEVLAUNCH_DIGEST_SEARCH_MODEL_H
#define SEVLAUNCH_DIGEST_SEARCH_MODEL_H

#include "proof.h"

#include <core/snp/digest_search.h>

/* What a variant of the command line, and what follows no bytes, is hashed to. */
#define CMDLINE_BYTE 0x11
#define EMPTY_BYTE 0x22
#define NUL_BYTE 0x33

static struct sevl_snp_reference_values reference;
static struct sevl_snp_reported reported;
static struct sevl_snp_firmware_variants variants;
static struct sevl_snp_search search = {.reference = &reference,
                                        .reported = &reported,
                                        .result = SEVL_ERROR_ABSENT};
static size_t place;
static struct sevl_snp_guest booted; /* whose boot was hashed last */
static uint8_t boot;                 /* its number, which its digest holds */
static bool is_ended;
static bool has_failed; /* a hash: what comes next is the end */
static uint32_t tries;

/* What else is true of a trial; of one with nothing named, that it may be tried. */
static void check_trial(const struct sevl_snp_trial *trial);

static bool end_or_not(void)
{
    PROVE(!is_ended && !has_failed);
    is_ended = nondet_bool();
    return is_ended;
}

static enum sevl_result succeed_or_fail(void)
{
    PROVE(!is_ended && !has_failed);
    has_failed = nondet_bool();
    return has_failed ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

/* The value that the trial has for a mistake, or the one that was given. */
static uint64_t named(const struct sevl_snp_trial *trial, enum sevl_snp_mistake mistake,
                      uint64_t given)
{
    for (uint32_t i = 0; i < trial->count && i < SEVL_SNP_FINDINGS_MAX; i++)
        if (trial->finding[i].mistake == mistake)
            return trial->finding[i].value;
    return given;
}

static bool has(const struct sevl_snp_trial *trial, enum sevl_snp_mistake mistake)
{
    return named(trial, mistake, UINT64_MAX) != UINT64_MAX;
}

/* What RDX holds. */
static uint32_t rdx_of(const struct sevl_cpu *cpu)
{
    if (cpu->vmm == SEVL_VMM_QEMU || cpu->has_own_rdx)
        return cpu->signature;
    return cpu->vmm == SEVL_VMM_KRUN ? 0 : 0x600;
}

/* The CPUs that a VMM launches, if no other finding names what they have. */
static struct sevl_cpu cpu_of(const struct sevl_snp_trial *trial)
{
    struct sevl_cpu cpu = reference.guest.cpu;
    if (!has(trial, SEVL_SNP_MISTAKE_VMM))
        return cpu;
    cpu.vmm = (enum sevl_vmm)named(trial, SEVL_SNP_MISTAKE_VMM, 0);
    cpu.fpu = cpu.vmm == SEVL_VMM_QEMU ? SEVL_FPU_INIT2 : SEVL_FPU_LEGACY;
    cpu.has_own_rdx = cpu.vmm == SEVL_VMM_QEMU && cpu.has_own_rdx;
    return cpu;
}

static void prove_cpus_named(const struct sevl_snp_trial *trial)
{
    const struct sevl_cpu *cpu = &trial->guest.cpu;
    const struct sevl_cpu plain = cpu_of(trial);
    PROVE(cpu->vmm == plain.vmm);
    PROVE(cpu->fpu == named(trial, SEVL_SNP_MISTAKE_FPU, plain.fpu));
    PROVE(cpu->sev_features == named(trial, SEVL_SNP_MISTAKE_SEV_FEATURES, plain.sev_features));
    PROVE(rdx_of(cpu) == named(trial, SEVL_SNP_MISTAKE_CPU_SIGNATURE, rdx_of(&plain)));
    PROVE(!has(trial, SEVL_SNP_MISTAKE_VMM) || cpu->vmm != reference.guest.cpu.vmm);
    PROVE(!has(trial, SEVL_SNP_MISTAKE_FPU) || cpu->fpu != plain.fpu);
    PROVE(!has(trial, SEVL_SNP_MISTAKE_CPU_SIGNATURE) || rdx_of(cpu) != rdx_of(&plain));
    PROVE(trial->guest.cpus == reference.guest.cpus);
    PROVE(trial->guest.reset_address == reference.guest.reset_address);
}

static void prove_kernel_named(const struct sevl_snp_trial *trial)
{
    const struct sevl_kernel_hashes *hashes = &trial->guest.kernel;
    const struct sevl_kernel_hashes *given = &reference.guest.kernel;
    bool is_exchanged = has(trial, SEVL_SNP_MISTAKE_KERNEL_EXCHANGED);
    uint8_t initrd = is_exchanged ? given->kernel[place] : given->initrd[place];
    uint8_t cmdline = has(trial, SEVL_SNP_MISTAKE_CMDLINE)          ? CMDLINE_BYTE
                      : has(trial, SEVL_SNP_MISTAKE_CMDLINE_ABSENT) ? NUL_BYTE
                                                                    : given->cmdline[place];
    PROVE(trial->guest.has_kernel ==
          (reference.guest.has_kernel && !has(trial, SEVL_SNP_MISTAKE_KERNEL_UNMEASURED)));
    PROVE(hashes->kernel[place] == (is_exchanged ? given->initrd[place] : given->kernel[place]));
    PROVE(hashes->initrd[place] == (has(trial, SEVL_SNP_MISTAKE_INITRD) ? EMPTY_BYTE : initrd));
    PROVE(hashes->cmdline[place] == cmdline);
}

/* The size of the firmware, and what its digest holds, of the variant that is named. */
static void prove_variant_named(const struct sevl_snp_trial *trial)
{
    static const enum sevl_snp_mistake mistakes[] = {SEVL_SNP_MISTAKE_VARIABLE_STORE,
                                                     SEVL_SNP_MISTAKE_FILL,
                                                     SEVL_SNP_MISTAKE_ZERO_FILL,
                                                     SEVL_SNP_MISTAKE_ERASED_FILL};
    const struct sevl_snp_guest *given = &reference.guest;
    uint64_t less =
        named(trial, SEVL_SNP_MISTAKE_VARIABLE_STORE, 0) + named(trial, SEVL_SNP_MISTAKE_FILL, 0);
    uint64_t more =
        named(trial, SEVL_SNP_MISTAKE_ZERO_FILL, 0) + named(trial, SEVL_SNP_MISTAKE_ERASED_FILL, 0);
    bool is_right = less + more == 0 && trial->guest.firmware[place] == given->firmware[place];
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS; i++) {
        const struct sevl_snp_firmware_variant *variant = &variants.variant[i];
        if (variant->bytes > 0 && variant->bytes == less + more &&
            named(trial, mistakes[variant->change], 0) == variant->bytes)
            is_right = is_right || trial->guest.firmware[place] == variant->digest[place];
    }
    PROVE(is_right && trial->guest.firmware_size + less == given->firmware_size + more);
}

static void prove_firmware_named(const struct sevl_snp_trial *trial)
{
    if (reference.firmware != NULL) {
        prove_variant_named(trial);
        return;
    }
    PROVE(trial->guest.firmware[place] == reference.guest.firmware[place]);
    PROVE(trial->guest.firmware_size == reference.guest.firmware_size);
}

static void prove_named(const struct sevl_snp_trial *trial)
{
    enum sevl_snp_quirk quirk = has(trial, SEVL_SNP_MISTAKE_HASHES_FIRST)
                                    ? SEVL_SNP_QUIRK_HASHES_FIRST
                                : has(trial, SEVL_SNP_MISTAKE_SVSM_CAA) ? SEVL_SNP_QUIRK_NO_SVSM_CAA
                                                                        : reference.guest.quirk;
    prove_cpus_named(trial);
    prove_kernel_named(trial);
    prove_firmware_named(trial);
    PROVE(trial->guest.quirk == quirk);
    PROVE(trial->guest.metadata.bytes == reference.guest.metadata.bytes);
    PROVE(trial->guest.metadata.count == reference.guest.metadata.count);
    PROVE(trial->guest.hash_table.base == reference.guest.hash_table.base);
}

/* What the hash of its boot depends on is as it was then. */
static void prove_booted(const struct sevl_snp_trial *trial)
{
    const struct sevl_snp_guest *guest = &trial->guest;
    PROVE(boot > 0 && trial->before_cpus[0] == boot);
    PROVE(guest->cpu.vmm == booted.cpu.vmm && guest->has_kernel == booted.has_kernel);
    PROVE(guest->quirk == booted.quirk && guest->firmware_size == booted.firmware_size);
    PROVE(guest->firmware[place] == booted.firmware[place]);
    PROVE(guest->kernel.kernel[place] == booted.kernel.kernel[place]);
    PROVE(guest->kernel.initrd[place] == booted.kernel.initrd[place]);
    PROVE(guest->kernel.cmdline[place] == booted.kernel.cmdline[place]);
}

static void hash_boot(struct sevl_snp_trial *trial)
{
    boot++;
    booted = trial->guest;
    trial->before_cpus[0] = boot;
}

/* With `added` findings beside those of the trial, and the number of CPUs if it is tried. */
static bool try_any(const struct sevl_snp_trial *trial, uint32_t added)
{
    uint32_t count = trial->count + added;
    PROVE(count + (trial->cpus_max > 0 ? 1 : 0) <= SEVL_SNP_FINDINGS_MAX);
    PROVE(count > 0 || trial->cpus_max > 0);
    prove_booted(trial);
    prove_named(trial);
    check_trial(trial);
    tries++;
    return end_or_not();
}

struct sevl_snp_trial sevl_snp_search_trial(const struct sevl_snp_search *of)
{
    PROVE(of == &search);
    return (struct sevl_snp_trial){.guest = reference.guest};
}

bool sevl_snp_search_is_over(struct sevl_snp_search *of, enum sevl_result result)
{
    PROVE(of == &search && !is_ended && has_failed == (result != SEVL_OK));
    is_ended = has_failed;
    return is_ended;
}

static bool has_value(enum sevl_snp_mistake mistake)
{
    return mistake == SEVL_SNP_MISTAKE_CMDLINE || mistake >= SEVL_SNP_MISTAKE_VARIABLE_STORE;
}

void sevl_snp_trial_add(struct sevl_snp_trial *trial, enum sevl_snp_mistake mistake, uint32_t value)
{
    PROVE(trial->count < SEVL_SNP_FINDINGS_MAX && !has(trial, mistake));
    PROVE(value == 0 || has_value(mistake));
    trial->finding[trial->count++] = (struct sevl_snp_finding){mistake, value};
}

bool sevl_snp_search_boot(struct sevl_snp_search *of, struct sevl_snp_trial *trial)
{
    PROVE(of == &search);
    hash_boot(trial);
    return end_or_not();
}

bool sevl_snp_try_cpus(struct sevl_snp_search *of, const struct sevl_snp_trial *trial)
{
    PROVE(of == &search);
    return try_any(trial, 0);
}

bool sevl_snp_try_other_features(struct sevl_snp_search *of, const struct sevl_snp_trial *trial)
{
    PROVE(of == &search && !has(trial, SEVL_SNP_MISTAKE_SEV_FEATURES));
    return try_any(trial, 1);
}

void sevl_snp_trial_set_other_fpu(struct sevl_snp_trial *trial)
{
    struct sevl_cpu *cpu = &trial->guest.cpu;
    cpu->fpu = cpu->fpu == SEVL_FPU_INIT2 ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2;
    sevl_snp_trial_add(trial, SEVL_SNP_MISTAKE_FPU, (uint32_t)cpu->fpu);
}

bool sevl_snp_try_boot(struct sevl_snp_search *of, struct sevl_snp_trial *trial)
{
    PROVE(of == &search && trial->count > 0 && !has(trial, SEVL_SNP_MISTAKE_FPU));
    PROVE(!has(trial, SEVL_SNP_MISTAKE_SEV_FEATURES));
    hash_boot(trial);
    return try_any(trial, search.with_state ? 2 : 0);
}

/* Any reference values that have a digest; what is no value of an enum cannot be. */
static inline void make_any_launch(void)
{
    struct sevl_cpu *cpu = &reference.guest.cpu;
    __CPROVER_havoc_object(&reference);
    __CPROVER_havoc_object(&reported);
    cpu->fpu = nondet_bool() ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2;
    cpu->vmm = nondet_bool()   ? SEVL_VMM_QEMU
               : nondet_bool() ? SEVL_VMM_EC2
               : nondet_bool() ? SEVL_VMM_GCE
                               : SEVL_VMM_KRUN;
    cpu->has_own_rdx = nondet_bool();
    reference.guest.has_kernel = nondet_bool();
    reference.guest.quirk = SEVL_SNP_QUIRK_NONE;
    reference.firmware = NULL;
    search.with_state = nondet_bool();
    place = any_below(SEVL_SHA256_SIZE);
    ASSUME(reference.guest.cpus >= 1 && reference.guest.cpus <= SEVL_CPUS_MAX);
    ASSUME(sevl_snp_firmware_size_is_valid(reference.guest.firmware_size));
}

#endif
