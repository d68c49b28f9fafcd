/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One step of a search, for any state, trial and guest: something is found only if the
 * verification of the very trial that is reported said SEVL_MATCH; nothing is tried after a
 * match, an error or a spent budget; no more blocks are hashed than are left; and what a build
 * or swapped keys add is named. In the pass with others nothing of two findings is tried, and
 * without a TEK no keys are swapped.
 *
 * With 2 builds in place of 256.
 */
#include "proof.h"

#pragma CPROVER check push
#pragma CPROVER check disable "conversion" /* a build's number */
#include <core/sev/search.c>
#pragma CPROVER check pop

static struct sevl_reference_values reference;
static struct sevl_evidence evidence;
static struct sevl_findings findings;
static uint8_t memory[1];
static struct sevl_search search = {.reference = &reference,
                                    .evidence = &evidence,
                                    .scratch = {memory, sizeof memory},
                                    .findings = &findings,
                                    .result = SEVL_ERROR_ABSENT};
static struct sevl_trial trial;
static uint64_t hashed; /* blocks */
static uint64_t tries;
static bool is_ended;
static bool is_matched;
static bool is_swapped; /* of the last try */
static uint8_t build;

enum sevl_result sevl_measurement_verify_guess(const struct sevl_hmac_pads *tik,
                                               const struct sevl_launch *launch,
                                               const uint8_t launch_digest[SEVL_SHA256_SIZE],
                                               const struct sevl_measurement *reported)
{
    PROVE(!is_ended && reported == &evidence.measurement);
    PROVE(tik == &search.tik || (tik == &search.tek && search.has_tek));
    PROVE(launch->policy == trial.launch.policy);
    hashed += 3;
    tries++;
    is_swapped = tik == &search.tek;
    build = launch->build;
    is_matched = nondet_bool();
    is_ended = is_matched || nondet_bool();
    return is_matched ? SEVL_MATCH : is_ended ? SEVL_ERROR_CRYPTO : SEVL_MISMATCH;
}

enum sevl_result sevl_sev_launch_digest(const struct sevl_sev_guest *guest,
                                        struct sevl_scratch scratch,
                                        uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE])
{
    PROVE(!is_ended && scratch.bytes == memory && scratch.size == sizeof memory);
    hashed += 5 + 64 * (uint64_t)guest->cpus;
    is_ended = nondet_bool();
    return is_ended ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

static uint32_t found(enum sevl_mistake mistake, uint32_t given)
{
    for (uint32_t i = 0; i < findings.count && i < SEVL_FINDINGS_MAX; i++)
        if (findings.finding[i].mistake == mistake)
            return findings.finding[i].value;
    return given;
}

static void prove_start(void)
{
    size_t i = any_below(SEVL_LAUNCH_DIGEST_SIZE);
    struct sevl_trial none = sevl_search_trial(&search);
    struct sevl_sev_guest guest = sevl_search_guest(&search);
    PROVE(none.count == 0 && !none.is_swapped);
    PROVE(none.launch_digest[i] == reference.launch_digest[i]);
    PROVE(none.launch.policy == evidence.launch.policy);
    PROVE(guest.cpus == (sevl_policy_is_es(none.launch.policy) ? reference.guest.cpus : 0));
    PROVE(sevl_search_has_other_es(&search) ==
          (!reference.has_firmware || reference.guest.cpus != 0));
}

int main(void)
{
    struct sevl_sev_guest guest;
    bool takes_builds = nondet_bool();
    __CPROVER_havoc_object(&reference);
    __CPROVER_havoc_object(&evidence);
    reference.guest.cpu = (struct sevl_cpu){.vmm = SEVL_VMM_QEMU};
    __CPROVER_havoc_object(&trial);
    __CPROVER_havoc_object(&guest);
    guest.cpu = reference.guest.cpu;
    ASSUME(guest.cpus <= SEVL_CPUS_MAX);
    search.has_tek = nondet_bool();
    search.with_others = nondet_bool();
    search.blocks_left = nondet_u32();
    uint32_t budget = search.blocks_left;
    trial.is_swapped = false;
    trial.count = (uint32_t)any_below(SEVL_FINDINGS_MAX - 1);
    for (uint32_t i = 0; i < SEVL_FINDINGS_MAX; i++)
        trial.finding[i] = (struct sevl_finding){SEVL_MISTAKE_CPUS, i};
    const struct sevl_finding more = {SEVL_MISTAKE_CPU_SIGNATURE, nondet_u32()};
    prove_start();

    bool is_over = takes_builds ? sevl_try_builds(&search, &trial)
                                : sevl_try_guest_with(&search, trial, &guest, more);

    REACHES(search.result == SEVL_OK && findings.count == 3);
    REACHES(search.result == SEVL_OK && is_swapped);
    REACHES(search.is_spent && tries > 0);
    REACHES(!is_over && tries == 3);
    REACHES(hashed == budget && hashed > 3);
    PROVE(hashed <= budget && hashed == budget - search.blocks_left);
    PROVE(is_over == (is_ended || search.is_spent));
    PROVE(!(is_ended && search.is_spent));
    PROVE(search.result == (is_matched ? SEVL_OK
                            : is_ended ? SEVL_ERROR_CRYPTO
                                       : SEVL_ERROR_ABSENT));
    if (!takes_builds && search.with_others && trial.count > 0)
        PROVE(tries == 0 && hashed == 0 && !is_over);
    if (!is_over && !takes_builds && !search.with_others)
        PROVE(tries == 1);
    if (!is_matched) {
        PROVE(findings.count == 0);
        return 0;
    }
    PROVE(findings.count >= trial.count && findings.count <= SEVL_FINDINGS_MAX);
    PROVE(takes_builds || found(SEVL_MISTAKE_CPU_SIGNATURE, ~more.value) == more.value);
    PROVE(build == found(SEVL_MISTAKE_BUILD, trial.launch.build));
    PROVE(is_swapped == (found(SEVL_MISTAKE_KEYS_SWAPPED, 1) == 0));
}
