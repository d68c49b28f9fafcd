/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/diagnose.h"

#include <string.h>

#include "base/assert.h"
#include "launch_digest_parts.h"
#include "sevlaunch/guest/cpu_types.h"
#include "verify_once.h"

#define PAGE_SIZE 4096
#define MINOR_DISTANCE_MAX 8

static const uint64_t usual_sev_features[] = {0, 0x20, 0x1, 0x21};

struct search {
    const struct sevl_reference_values *reference;
    const struct sevl_evidence *evidence;
    const uint8_t *tek; /* NULL: not known */
    struct sevl_scratch scratch;
    struct sevl_findings *findings;
    enum sevl_result result; /* SEVL_ERROR_ABSENT: go on */
    uint32_t tried;          /* see struct sevl_findings */
};

/* One assumption: what is taken for true, and how that differs from the evidence. */
struct trial {
    struct sevl_launch launch;
    const uint8_t *tik;
    uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE];
    struct sevl_findings findings;
};

/* Every function that tries something returns whether the search is over. */

static bool is_over(struct search *search, enum sevl_result result)
{
    if (result != SEVL_OK)
        search->result = result;
    return search->result != SEVL_ERROR_ABSENT;
}

static bool try_trial(struct search *search, const struct trial *trial)
{
    for (uint32_t i = 0; i < trial->findings.count; i++)
        search->tried |= UINT32_C(1) << trial->findings.finding[i].mistake;
    enum sevl_result verdict =
        sevl_measurement_verify_once(trial->tik, &trial->launch, trial->launch_digest,
                                     &search->evidence->measurement);
    if (verdict == SEVL_MISMATCH)
        return false;
    if (verdict == SEVL_MATCH)
        *search->findings = trial->findings;
    search->result = verdict == SEVL_MATCH ? SEVL_OK : verdict;
    return true;
}

static void add_finding(struct trial *trial, enum sevl_mistake mistake, uint32_t value)
{
    trial->findings.finding[trial->findings.count++] = (struct sevl_finding){mistake, value};
}

static bool try_build(struct search *search, struct trial trial, uint32_t build)
{
    trial.launch.build = (uint8_t)build;
    add_finding(&trial, SEVL_MISTAKE_BUILD, build);
    return try_trial(search, &trial);
}

static bool try_builds(struct search *search, const struct trial *trial)
{
    for (uint32_t build = 0; build <= UINT8_MAX; build++)
        if (build != trial->launch.build && try_build(search, *trial, build))
            return true;
    return false;
}

static bool try_swapped_keys(struct search *search, struct trial trial)
{
    if (search->tek == NULL)
        return false;
    trial.tik = search->tek;
    add_finding(&trial, SEVL_MISTAKE_KEYS_SWAPPED, 0);
    return try_trial(search, &trial);
}

/* An assumption alone, and with what is most often wrong beside it. */
static bool try_with_others(struct search *search, const struct trial *trial)
{
    return try_trial(search, trial) || try_builds(search, trial) ||
           try_swapped_keys(search, *trial);
}

static bool try_policy(struct search *search, struct trial trial, uint32_t flipped)
{
    trial.launch.policy ^= flipped;
    add_finding(&trial, SEVL_MISTAKE_POLICY, trial.launch.policy);
    bool is_one_bit = (flipped & (flipped - 1)) == 0;
    return is_one_bit ? try_with_others(search, &trial) : try_trial(search, &trial);
}

static bool try_policies(struct search *search, const struct trial *trial)
{
    for (unsigned bit = 0; bit < 32; bit++)
        for (unsigned other = 0; other <= bit; other++) {
            uint32_t flipped = UINT32_C(1) << bit | UINT32_C(1) << other;
            if (try_policy(search, *trial, flipped))
                return true;
        }
    return false;
}

static bool try_major(struct search *search, struct trial trial, uint32_t major)
{
    if (major > UINT8_MAX)
        return false;
    trial.launch.api_major = (uint8_t)major;
    add_finding(&trial, SEVL_MISTAKE_API_MAJOR, major);
    return try_with_others(search, &trial);
}

static bool try_minors(struct search *search, const struct trial *base)
{
    for (uint32_t step = 0; step <= 2 * MINOR_DISTANCE_MAX; step++) {
        struct trial trial = *base;
        uint32_t minor = base->launch.api_minor + step - MINOR_DISTANCE_MAX;
        if (step == MINOR_DISTANCE_MAX || minor > UINT8_MAX)
            continue;
        trial.launch.api_minor = (uint8_t)minor;
        add_finding(&trial, SEVL_MISTAKE_API_MINOR, minor);
        if (try_with_others(search, &trial))
            return true;
    }
    return false;
}

static bool try_builds_with_swapped_keys(struct search *search, struct trial trial)
{
    if (search->tek == NULL)
        return false;
    trial.tik = search->tek;
    add_finding(&trial, SEVL_MISTAKE_KEYS_SWAPPED, 0);
    return try_builds(search, &trial);
}

/* What is said of the launch beside its digest. */
static bool try_launches(struct search *search, const struct trial *base)
{
    uint32_t major = base->launch.api_major;
    return try_swapped_keys(search, *base) || try_builds_with_swapped_keys(search, *base) ||
           try_builds(search, base) || try_policies(search, base) || try_minors(search, base) ||
           try_major(search, *base, major - 1) || try_major(search, *base, major + 1);
}

static bool hash_guest(struct search *search, const struct sevl_sev_guest *guest,
                       struct trial *trial)
{
    return !is_over(search, sevl_sev_launch_digest(guest, search->scratch, trial->launch_digest));
}

static bool try_guest(struct search *search, struct trial trial, const struct sevl_sev_guest *guest,
                      enum sevl_mistake mistake, uint32_t value)
{
    add_finding(&trial, mistake, value);
    return !hash_guest(search, guest, &trial) || try_with_others(search, &trial);
}

/* Two mistakes about the guest: nothing else is tried with them. */
static bool try_guest_twice(struct search *search, struct trial trial,
                            const struct sevl_sev_guest *guest, struct sevl_finding first,
                            struct sevl_finding second)
{
    add_finding(&trial, first.mistake, first.value);
    add_finding(&trial, second.mistake, second.value);
    return !hash_guest(search, guest, &trial) || try_trial(search, &trial);
}

static enum sevl_result hash_ending(const struct sevl_cmdline *cmdline,
                                    enum sevl_cmdline_ending ending, uint8_t hash[SEVL_SHA256_SIZE])
{
    static const struct {
        char bytes[2];
        uint8_t size;
    } endings[] = {
        [SEVL_CMDLINE_NEWLINE_MORE] = {"\n", 2}, [SEVL_CMDLINE_BLANK_MORE] = {" ", 2},
        [SEVL_CMDLINE_NUL_MORE] = {"", 2},       [SEVL_CMDLINE_NUL_LESS] = {"", 0},
        [SEVL_CMDLINE_LAST_LESS] = {"", 1},
    };
    struct sevl_sha256 stream = cmdline->head;
    bool keeps_last = cmdline->has_last && ending != SEVL_CMDLINE_LAST_LESS;
    enum sevl_result result = sevl_sha256_update(&stream, &cmdline->last, keeps_last ? 1 : 0);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&stream, endings[ending].bytes, endings[ending].size);
    enum sevl_result finished = sevl_sha256_finish(&stream, hash);
    return result == SEVL_OK ? finished : result;
}

static bool is_likely(const struct sevl_cmdline *cmdline, enum sevl_cmdline_ending ending)
{
    char last = (char)cmdline->last;
    return ending != SEVL_CMDLINE_LAST_LESS ||
           (cmdline->has_last && (last == '\n' || last == ' ' || last == '\0'));
}

/* Each other ending of the command line, with the initrd and without. */
static bool try_endings(struct search *search, const struct trial *base,
                        struct sevl_sev_guest guest, const uint8_t no_initrd[SEVL_SHA256_SIZE])
{
    const struct sevl_cmdline *cmdline = &search->reference->cmdline;
    for (uint32_t i = 0; i <= SEVL_CMDLINE_LAST_LESS; i++) {
        enum sevl_cmdline_ending ending = (enum sevl_cmdline_ending)i;
        struct sevl_sev_guest bare = guest;
        if (!is_likely(cmdline, ending))
            continue;
        if (is_over(search, hash_ending(cmdline, ending, guest.kernel.cmdline)))
            return true;
        memcpy(bare.kernel.cmdline, guest.kernel.cmdline, SEVL_SHA256_SIZE);
        memcpy(bare.kernel.initrd, no_initrd, SEVL_SHA256_SIZE);
        if (try_guest(search, *base, &guest, SEVL_MISTAKE_CMDLINE, i) ||
            try_guest_twice(search, *base, &bare, (struct sevl_finding){SEVL_MISTAKE_INITRD, 0},
                            (struct sevl_finding){SEVL_MISTAKE_CMDLINE, i}))
            return true;
    }
    return false;
}

static enum sevl_result hash_nothing(uint8_t hash[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 stream;
    enum sevl_result result = sevl_sha256_init(&stream);
    return result == SEVL_OK ? sevl_sha256_finish(&stream, hash) : result;
}

static bool try_kernel(struct search *search, const struct trial *base, struct sevl_sev_guest guest)
{
    uint8_t no_initrd[SEVL_SHA256_SIZE];
    struct sevl_sev_guest bare = guest;
    if (!guest.has_kernel)
        return false;
    bare.has_kernel = false;
    if (is_over(search, hash_nothing(no_initrd)) ||
        try_guest(search, *base, &bare, SEVL_MISTAKE_KERNEL_UNMEASURED, 0))
        return true;
    bare.has_kernel = true;
    memcpy(bare.kernel.initrd, no_initrd, SEVL_SHA256_SIZE);
    return try_guest(search, *base, &bare, SEVL_MISTAKE_INITRD, 0) ||
           try_endings(search, base, guest, no_initrd);
}

static bool try_padding(struct search *search, const struct trial *base,
                        struct sevl_sev_guest guest)
{
    static const uint8_t zeros[64];
    uint32_t missing = (uint32_t)(-search->reference->firmware_size % PAGE_SIZE);
    enum sevl_result result = SEVL_OK;
    if (missing == 0)
        return false;
    for (uint32_t left = missing; left > 0 && result == SEVL_OK;) {
        uint32_t size = left < sizeof zeros ? left : (uint32_t)sizeof zeros;
        result = sevl_sha256_update(&guest.firmware, zeros, size);
        left -= size;
    }
    return is_over(search, result) ||
           try_guest(search, *base, &guest, SEVL_MISTAKE_FIRMWARE_PADDED, missing);
}

/* SEV taken for SEV-ES, or the reverse: the policy is wrong, and what is measured. */
static bool try_es(struct search *search, const struct trial *base, struct sevl_sev_guest guest)
{
    struct trial trial = *base;
    trial.launch.policy ^= SEVL_POLICY_ES;
    guest.cpus = sevl_policy_is_es(trial.launch.policy) ? search->reference->guest.cpus : 0;
    if (search->reference->guest.cpus == 0)
        return false;
    return try_guest(search, trial, &guest, SEVL_MISTAKE_ES, trial.launch.policy);
}

/* Whether there is something to measure for CPUs but the first. */
static bool has_others(const struct sevl_sev_guest *guest)
{
    return guest->vmsa_cpu0 != NULL ? guest->vmsa_cpu1 != NULL : guest->reset_address != 0;
}

static bool try_count(struct search *search, struct trial trial, struct sevl_sha256 digest,
                      uint32_t cpus)
{
    add_finding(&trial, SEVL_MISTAKE_CPUS, cpus);
    return is_over(search, sevl_sha256_finish(&digest, trial.launch_digest)) ||
           try_trial(search, &trial);
}

/* One pass: the digest is forked after each CPU. */
static bool try_counts(struct search *search, const struct trial *base,
                       const struct sevl_sev_guest *guest)
{
    struct sevl_sha256 digest;
    uint32_t max = has_others(guest) ? SEVL_CPUS_MAX : 1;
    enum sevl_result result = sevl_sev_launch_digest_start(guest, &digest);
    if (result == SEVL_OK)
        result = sevl_sev_launch_digest_append_cpu0(guest, &digest, search->scratch);
    for (uint32_t cpus = 1; cpus <= max; cpus++) {
        if (is_over(search, result))
            break;
        if (cpus != guest->cpus && try_count(search, *base, digest, cpus))
            break;
        result = sevl_sev_launch_digest_append_others(guest, &digest, cpus < max ? 1 : 0,
                                                      search->scratch);
    }
    sevl_sha256_wipe(&digest);
    return is_over(search, result);
}

static bool try_signatures(struct search *search, const struct trial *base,
                           struct sevl_sev_guest guest)
{
    uint32_t given = guest.cpu.signature;
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++) {
        guest.cpu.signature = sevl_cpu_types[i].signature;
        if (guest.cpu.signature != given &&
            try_guest(search, *base, &guest, SEVL_MISTAKE_CPU_SIGNATURE, guest.cpu.signature))
            return true;
    }
    return false;
}

/* How the launcher sets CPUs up; what differs from the evidence is noted. */
static bool try_dialect(struct search *search, struct trial trial, struct sevl_sev_guest guest,
                        enum sevl_vmm vmm, enum sevl_fpu fpu, uint64_t features)
{
    const struct sevl_cpu *given = &search->reference->guest.cpu;
    guest.cpu.vmm = vmm;
    guest.cpu.fpu = fpu;
    guest.cpu.sev_features = features;
    if (vmm != given->vmm)
        add_finding(&trial, SEVL_MISTAKE_VMM, (uint32_t)vmm);
    else if (fpu != given->fpu)
        add_finding(&trial, SEVL_MISTAKE_FPU, (uint32_t)fpu);
    if (features != given->sev_features)
        add_finding(&trial, SEVL_MISTAKE_SEV_FEATURES, (uint32_t)features);
    if (trial.findings.count == 0)
        return false;
    if (!hash_guest(search, &guest, &trial))
        return true;
    return trial.findings.count == 1 ? try_with_others(search, &trial) : try_trial(search, &trial);
}

static bool try_dialects(struct search *search, const struct trial *base,
                         const struct sevl_sev_guest *guest, uint64_t features)
{
    const struct sevl_cpu *given = &guest->cpu;
    for (uint32_t vmm = SEVL_VMM_QEMU; vmm <= SEVL_VMM_GCE; vmm++)
        if (try_dialect(search, *base, *guest, (enum sevl_vmm)vmm, given->fpu, features))
            return true;
    return given->vmm == SEVL_VMM_QEMU &&
           try_dialect(search, *base, *guest, given->vmm,
                       given->fpu == SEVL_FPU_INIT2 ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2, features);
}

/* CPUs whose states are made, in other ways. */
static bool try_states(struct search *search, const struct trial *base,
                       const struct sevl_sev_guest *guest)
{
    for (size_t i = 0; i < sizeof usual_sev_features / sizeof *usual_sev_features; i++)
        if (try_dialects(search, base, guest, usual_sev_features[i]))
            return true;
    return try_dialects(search, base, guest, guest->cpu.sev_features) ||
           (guest->cpu.vmm == SEVL_VMM_QEMU && try_signatures(search, base, *guest));
}

static bool try_cpus(struct search *search, const struct trial *base,
                     const struct sevl_sev_guest *guest)
{
    return guest->cpus > 0 && (try_counts(search, base, guest) ||
                               (guest->vmsa_cpu0 == NULL && try_states(search, base, guest)));
}

static bool try_guests(struct search *search, const struct trial *base)
{
    struct sevl_sev_guest guest = search->reference->guest;
    if (!search->reference->has_firmware)
        return false;
    if (!sevl_policy_is_es(search->evidence->launch.policy))
        guest.cpus = 0;
    return try_kernel(search, base, guest) || try_padding(search, base, guest) ||
           try_es(search, base, guest) || try_cpus(search, base, &guest);
}

enum sevl_result sevl_diagnose(const struct sevl_reference_values *reference,
                               const struct sevl_evidence *evidence,
                               const uint8_t tek[SEVL_TEK_SIZE], const uint8_t tik[SEVL_TIK_SIZE],
                               struct sevl_scratch scratch, struct sevl_findings *findings)
{
    struct search search = {reference, evidence, tek, scratch, findings, SEVL_ERROR_ABSENT, 0};
    struct trial base = {.launch = evidence->launch, .tik = tik};
    memset(findings, 0, sizeof *findings);
    if (!sevl_reference_values_are_valid(reference) || !sevl_scratch_is_valid(scratch))
        return SEVL_ERROR_STATE;
    if (scratch.size < SEVL_DIAGNOSE_SCRATCH_MIN)
        return SEVL_ERROR_LENGTH;
    memcpy(base.launch_digest, reference->launch_digest, SEVL_LAUNCH_DIGEST_SIZE);
    if (!try_launches(&search, &base))
        (void)try_guests(&search, &base);
    if (search.result == SEVL_ERROR_ABSENT)
        findings->tried = search.tried;
    SEVL_ASSERT(sevl_findings_are_valid(findings));
    return search.result;
}
