/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The functions of core/sev/search.h, any of which may end the search; nothing is tried after
 * that. The harness defines what must be true of each trial, and of the guest that is hashed
 * for it.
 */
#ifndef SEVLAUNCH_SEARCH_MODEL_H
#define SEVLAUNCH_SEARCH_MODEL_H

#include "proof.h"

#include <core/sev/search.h>

static struct sevl_reference_values reference;
static struct sevl_evidence evidence;
static struct sevl_search search = {.reference = &reference,
                                    .evidence = &evidence,
                                    .result = SEVL_ERROR_ABSENT};
static bool is_ended;
static uint32_t blocks_allowed; /* by sevl_search_spend() */

static void check_trial(const struct sevl_trial *trial);
static void check_guest(const struct sevl_trial *trial, const struct sevl_sev_guest *guest);

static bool end_or_not(void)
{
    PROVE(!is_ended);
    is_ended = nondet_bool();
    return is_ended;
}

static bool try_any(const struct sevl_trial *trial)
{
    PROVE(trial->count >= 1 && trial->count <= SEVL_FINDINGS_MAX);
    check_trial(trial);
    return end_or_not();
}

static enum sevl_result succeed_or_fail(void)
{
    PROVE(!is_ended);
    return nondet_bool() ? SEVL_OK : SEVL_ERROR_CRYPTO;
}

struct sevl_sev_guest sevl_search_guest(const struct sevl_search *of)
{
    PROVE(of == &search);
    return reference.guest;
}

struct sevl_trial sevl_search_trial(const struct sevl_search *of)
{
    PROVE(of == &search);
    return (struct sevl_trial){.launch = evidence.launch};
}

bool sevl_search_has_other_es(const struct sevl_search *of)
{
    return !of->reference->has_firmware || of->reference->guest.cpus > 0;
}

bool sevl_search_is_over(struct sevl_search *of, enum sevl_result result)
{
    is_ended = result != SEVL_OK;
    return is_ended;
}

bool sevl_search_spend(struct sevl_search *of, uint32_t blocks)
{
    blocks_allowed += blocks;
    return end_or_not();
}

void sevl_trial_add(struct sevl_trial *trial, enum sevl_mistake mistake, uint32_t value)
{
    PROVE(trial->count < SEVL_FINDINGS_MAX);
    trial->finding[trial->count++] = (struct sevl_finding){mistake, value};
}

void sevl_trial_swap_keys(struct sevl_trial *trial)
{
    trial->is_swapped = true;
    sevl_trial_add(trial, SEVL_MISTAKE_KEYS_SWAPPED, 0);
}

bool sevl_try_alone(struct sevl_search *of, const struct sevl_trial *trial)
{
    return try_any(trial);
}

/* It adds the build, so there is room for one finding more. */
bool sevl_try_builds(struct sevl_search *of, const struct sevl_trial *trial)
{
    PROVE(trial->count < SEVL_FINDINGS_MAX);
    if (trial->count > 0)
        check_trial(trial);
    return end_or_not();
}

bool sevl_try_assumption(struct sevl_search *of, const struct sevl_trial *trial)
{
    return try_any(trial);
}

bool sevl_search_hash_guest(struct sevl_search *of, const struct sevl_sev_guest *guest,
                            struct sevl_trial *trial)
{
    check_guest(trial, guest);
    return end_or_not();
}

bool sevl_try_guest(struct sevl_search *of, struct sevl_trial trial,
                    const struct sevl_sev_guest *guest)
{
    check_guest(&trial, guest);
    return try_any(&trial);
}

bool sevl_try_guest_with(struct sevl_search *of, struct sevl_trial trial,
                         const struct sevl_sev_guest *guest, struct sevl_finding finding)
{
    sevl_trial_add(&trial, finding.mistake, finding.value);
    return sevl_try_guest(of, trial, guest);
}

/* Any reference values and evidence; what is no value of an enum cannot be. */
static inline void make_any_launch(void)
{
    __CPROVER_havoc_object(&reference);
    __CPROVER_havoc_object(&evidence);
    reference.guest.cpu.fpu = nondet_bool() ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2;
    reference.guest.cpu.vmm = nondet_bool()   ? SEVL_VMM_QEMU
                              : nondet_bool() ? SEVL_VMM_EC2
                                              : SEVL_VMM_GCE;
}

/* The value that the trial has for a mistake, or the one that was given. */
static uint32_t trial_value(const struct sevl_trial *trial, enum sevl_mistake mistake,
                            uint32_t given)
{
    for (uint32_t i = 0; i < trial->count && i < SEVL_FINDINGS_MAX; i++)
        if (trial->finding[i].mistake == mistake)
            return trial->finding[i].value;
    return given;
}

/* Only what a finding names differs from what was given. */
static void prove_launch_named(const struct sevl_trial *trial)
{
    const struct sevl_launch *given = &evidence.launch;
    uint32_t policy = trial_value(trial, SEVL_MISTAKE_POLICY, given->policy);
    policy = trial_value(trial, SEVL_MISTAKE_POLICY_BASE, policy);
    PROVE(trial->launch.policy == trial_value(trial, SEVL_MISTAKE_ES, policy));
    PROVE(trial->launch.api_major == trial_value(trial, SEVL_MISTAKE_API_MAJOR, given->api_major));
    PROVE(trial->launch.api_minor == trial_value(trial, SEVL_MISTAKE_API_MINOR, given->api_minor));
    PROVE(trial->launch.build == trial_value(trial, SEVL_MISTAKE_BUILD, given->build));
    PROVE(trial->is_swapped == (trial_value(trial, SEVL_MISTAKE_KEYS_SWAPPED, 1) == 0));
}

#endif
