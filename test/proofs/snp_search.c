/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One step of a search for a launch digest, for any state, trial and guest: something is found only
 * if all bytes of the measurement were compared with the digest of the very trial that is reported,
 * after the links of its CPUs; nothing is tried after a match, an error or a spent budget; as many
 * blocks are hashed as were taken from the budget, and no more than it had; and what the state and
 * number of the CPUs add is named.
 *
 * With up to 3 CPUs, or 2 with a state, a number of them that is tried up to 3, and 2 sections of
 * up to 2 pages, with 2 in place of 4096 bytes of a page.
 */
#include "proof.h"

#include <core/snp/digest_search.c>

#define SECTIONS 2
#define CPUS 3
#define USUAL 4

static struct sevl_snp_reference_values reference;
static struct sevl_snp_reported reported;
static struct sevl_snp_findings findings;
static uint8_t memory[1];
static struct sevl_snp_search search = {.reference = &reference,
                                        .reported = &reported,
                                        .scratch = {memory, sizeof memory},
                                        .findings = &findings,
                                        .result = SEVL_ERROR_ABSENT};
static struct sevl_snp_trial trial;
static uint32_t pages[SECTIONS];
static uint8_t chain[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* the last digest */
static struct sevl_cpu cpu;                        /* whose pages were hashed last */
static uint32_t cpu_pages;                         /* of it: 2 are its pages */
static uint32_t links;                             /* of the chain of these CPUs */
static uint64_t hashed;                            /* blocks */
static uint64_t tries;
static bool is_booted; /* the boot of the trial was hashed */
static bool is_ended;
static bool is_matched;

struct sevl_sev_section sevl_sev_metadata_section(const struct sevl_sev_metadata *metadata,
                                                  uint32_t number)
{
    PROVE(metadata == &trial.guest.metadata && number < metadata->count);
    return (struct sevl_sev_section){.size = pages[number] * SEVL_PAGE_SIZE};
}

static uint64_t boot_blocks(void)
{
    uint64_t count = 1;
    for (size_t i = 0; i < trial.guest.metadata.count; i++)
        count += pages[i];
    return 33 + 2 * count;
}

static enum sevl_result end_step(uint64_t blocks)
{
    PROVE(!is_ended && !search.is_spent);
    hashed += blocks;
    is_ended = nondet_bool();
    return is_ended ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

enum sevl_result
sevl_snp_launch_digest_before_cpus(const struct sevl_snp_guest *guest,
                                   uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    PROVE(guest == &trial.guest && launch_digest == trial.before_cpus && !is_booted);
    is_booted = true;
    __CPROVER_havoc_object(chain);
    memcpy(launch_digest, chain, sizeof chain);
    return end_step(boot_blocks());
}

/* Only the state of the CPUs is another one than the trial's. */
static void check_cpu(const struct sevl_cpu *hashed_cpu)
{
    PROVE(hashed_cpu->signature == trial.guest.cpu.signature);
    PROVE(hashed_cpu->vmm == trial.guest.cpu.vmm);
    PROVE(hashed_cpu->has_own_rdx == trial.guest.cpu.has_own_rdx);
}

static bool is_same_cpu(const struct sevl_cpu *a, const struct sevl_cpu *b)
{
    return a->fpu == b->fpu && a->sev_features == b->sev_features;
}

enum sevl_result sevl_snp_cpu_hash(const struct sevl_cpu *of, uint32_t reset_address,
                                   struct sevl_scratch scratch, uint8_t hash[SEVL_SHA384_SIZE])
{
    bool is_first = cpu_pages != 1;
    PROVE(is_booted && scratch.bytes == memory && scratch.size == sizeof memory);
    PROVE(reset_address == (is_first ? SEVL_RESET_ADDRESS_CPU0 : trial.guest.reset_address));
    PROVE(is_first || is_same_cpu(of, &cpu));
    check_cpu(of);
    cpu = *of;
    cpu_pages = is_first ? 1 : 2;
    links = 0;
    memset(hash, is_first ? 0xa5 : 0x5a, SEVL_SHA384_SIZE);
    return end_step(33);
}

enum sevl_result sevl_snp_launch_digest_add_cpu(uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                                const uint8_t hash[SEVL_SHA384_SIZE])
{
    size_t i = any_below(SEVL_SNP_LAUNCH_DIGEST_SIZE);
    PROVE(cpu_pages == 2 && launch_digest[i] == (links == 0 ? trial.before_cpus : chain)[i]);
    PROVE(hash[i] == (links == 0 ? 0xa5 : 0x5a));
    links++;
    __CPROVER_havoc_object(chain);
    memcpy(launch_digest, chain, sizeof chain);
    return end_step(2);
}

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    size_t i = any_below(SEVL_SNP_LAUNCH_DIGEST_SIZE);
    PROVE(!is_ended && !search.is_spent && links > 0);
    PROVE(a[i] == chain[i] && b == reported.measurement && size == SEVL_SNP_LAUNCH_DIGEST_SIZE);
    PROVE(trial.cpus_max > 0 || links == trial.guest.cpus);
    tries++;
    is_matched = nondet_bool();
    is_ended = is_matched;
    return is_matched;
}

static uint64_t found(enum sevl_snp_mistake mistake, uint64_t given)
{
    for (uint32_t i = 0; i < findings.count && i < SEVL_SNP_FINDINGS_MAX; i++)
        if (findings.finding[i].mistake == mistake)
            return findings.finding[i].value;
    return given;
}

static void prove_start(void)
{
    struct sevl_snp_trial none = sevl_snp_search_trial(&search);
    size_t i = any_below(sizeof none.guest);
    PROVE(none.count == 0 && none.cpus_max == 0);
    PROVE(((const uint8_t *)&none.guest)[i] == ((const uint8_t *)&reference.guest)[i]);
}

/* Findings of any trial, of mistakes that are not made here. */
static void make_trial(uint32_t room)
{
    __CPROVER_havoc_object(&trial);
    trial.guest.cpu.vmm = SEVL_VMM_QEMU;
    trial.guest.cpu.fpu = nondet_bool() ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2;
    trial.guest.quirk = SEVL_SNP_QUIRK_NONE;
    trial.guest.cpu.sev_features = reference.guest.cpu.sev_features;
    trial.count = (uint32_t)any_below(SEVL_SNP_FINDINGS_MAX - room + 1);
    for (uint32_t i = 0; i < SEVL_SNP_FINDINGS_MAX; i++)
        trial.finding[i] = (struct sevl_snp_finding){SEVL_SNP_MISTAKE_INITRD, i};
    trial.guest.metadata.count = (uint32_t)any_below(SECTIONS + 1);
    for (size_t i = 0; i < SECTIONS; i++)
        pages[i] = 1 + (uint32_t)any_below(2);
    ASSUME(trial.guest.cpus >= 1 && trial.guest.cpus <= (search.with_state ? CPUS - 1 : CPUS));
}

static void prove_found(const struct sevl_snp_trial *given)
{
    size_t i = any_below(SEVL_SNP_FINDINGS_MAX);
    PROVE(findings.count >= given->count && findings.count <= SEVL_SNP_FINDINGS_MAX);
    if (i < given->count)
        PROVE(findings.finding[i].mistake == SEVL_SNP_MISTAKE_INITRD &&
              findings.finding[i].value == i);
    PROVE(found(SEVL_SNP_MISTAKE_CPUS, given->guest.cpus) == links);
    PROVE(found(SEVL_SNP_MISTAKE_FPU, given->guest.cpu.fpu) == cpu.fpu);
    PROVE(found(SEVL_SNP_MISTAKE_SEV_FEATURES, given->guest.cpu.sev_features) == cpu.sev_features);
    PROVE((found(SEVL_SNP_MISTAKE_CPUS, 0) == 0) == (given->guest.cpus == links));
    PROVE((found(SEVL_SNP_MISTAKE_SEV_FEATURES, 0) == 0) ==
          (given->guest.cpu.sev_features == cpu.sev_features));
}

/* How many digests there are to compare, if none matches. */
static uint64_t tries_of(bool with_given, bool with_features, bool with_fpu)
{
    uint64_t features = reference.guest.cpu.sev_features;
    bool is_usual = features == 0x1 || features == 0x21 || features == 0x201 || features == 0x221;
    uint64_t states = with_features ? is_usual ? USUAL - 1 : USUAL : 0;
    uint64_t all = with_fpu ? 1 + 2 * states : states + (with_given ? 1 : 0);
    return all * (trial.cpus_max > 0 ? trial.cpus_max : 1);
}

/* As the first of the cases says, with up to that many CPUs, if it is not 0. */
static bool take_step(size_t kind)
{
    if (kind == 0)
        return sevl_snp_try_cpus(&search, &trial);
    if (kind == 1)
        return sevl_snp_try_other_features(&search, &trial);
    return sevl_snp_try_boot(&search, &trial);
}

int main(void)
{
    static const uint32_t rooms[] = {0, 1, 0, 2};
    const size_t kind = CASE % 4; /* a trial; other features; a boot alone, and with state */
    const uint32_t cpus_max = CASE / 4 * CPUS;
    __CPROVER_havoc_object(&reference);
    __CPROVER_havoc_object(&reported);
    reference.guest.cpu.vmm = SEVL_VMM_QEMU;
    reference.guest.cpu.fpu = SEVL_FPU_LEGACY;
    reference.guest.quirk = SEVL_SNP_QUIRK_NONE;
    search.with_state = kind == 3;
    search.blocks_left = nondet_u32();
    const uint32_t budget = search.blocks_left;
    make_trial(rooms[kind] + (cpus_max > 0 ? 1 : 0));
    trial.cpus_max = cpus_max;
    is_booted = kind < 2;
    const struct sevl_snp_trial given = trial;
    prove_start();

    bool is_over = take_step(kind);

    REACHES(is_matched && findings.count == SEVL_SNP_FINDINGS_MAX && kind == 3);
    REACHES(is_matched && kind == 1 && links == 3);
    REACHES(search.is_spent && tries == 2);
    REACHES(!is_over && kind == 0 && tries == 3);
    REACHES(!is_over && kind == 1 && tries == 12);
    REACHES(!is_over && kind == 2);
    REACHES(!is_over && kind == 3 && tries == 9);
    REACHES(hashed == budget && hashed > 100);
    PROVE(hashed <= budget && (is_ended || hashed == budget - search.blocks_left));
    PROVE(is_over == (is_ended || search.is_spent) && !(is_ended && search.is_spent));
    PROVE(search.result == (is_matched ? SEVL_OK
                            : is_ended ? SEVL_ERROR_CRYPTO
                                       : SEVL_ERROR_ABSENT));
    PROVE(is_over || tries == tries_of(kind != 1, kind == 1 || kind == 3, kind == 3));
    if (is_matched)
        prove_found(&given);
    else
        PROVE(findings.count == 0);
}
