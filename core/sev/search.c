/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "search.h"

#include <string.h>

#include "verify_guess.h"

struct sevl_sev_guest sevl_search_guest(const struct sevl_search *search)
{
    struct sevl_sev_guest guest = search->reference->guest;
    if (!sevl_policy_is_es(search->evidence->launch.policy))
        guest.cpus = 0;
    return guest;
}

struct sevl_trial sevl_search_trial(const struct sevl_search *search)
{
    struct sevl_trial trial = {.launch = search->evidence->launch};
    memcpy(trial.launch_digest, search->reference->launch_digest, SEVL_LAUNCH_DIGEST_SIZE);
    return trial;
}

bool sevl_search_has_other_es(const struct sevl_search *search)
{
    return !search->reference->has_firmware || search->reference->guest.cpus > 0;
}

bool sevl_search_is_over(struct sevl_search *search, enum sevl_result result)
{
    if (result != SEVL_OK)
        search->result = result;
    return search->result != SEVL_ERROR_ABSENT;
}

bool sevl_search_spend(struct sevl_search *search, uint32_t blocks)
{
    if (blocks > search->blocks_left)
        search->is_spent = true;
    else
        search->blocks_left -= blocks;
    return search->is_spent;
}

void sevl_trial_add(struct sevl_trial *trial, enum sevl_mistake mistake, uint32_t value)
{
    trial->finding[trial->count++] = (struct sevl_finding){mistake, value};
}

static void report_findings(struct sevl_search *search, const struct sevl_trial *trial)
{
    search->findings->count = trial->count;
    memcpy(search->findings->finding, trial->finding, sizeof trial->finding);
    search->result = SEVL_OK;
}

bool sevl_try_alone(struct sevl_search *search, const struct sevl_trial *trial)
{
    const struct sevl_hmac_pads *tik = trial->is_swapped ? &search->tek : &search->tik;
    if (sevl_search_spend(search, SEVL_GUESS_BLOCKS))
        return true;
    enum sevl_result verdict =
        sevl_measurement_verify_guess(tik, &trial->launch, trial->launch_digest,
                                      &search->evidence->measurement);
    if (verdict == SEVL_MISMATCH)
        return false;
    if (verdict == SEVL_MATCH)
        report_findings(search, trial);
    else
        search->result = verdict;
    return true;
}

static bool try_build(struct sevl_search *search, struct sevl_trial trial, uint32_t build)
{
    trial.launch.build = (uint8_t)build;
    sevl_trial_add(&trial, SEVL_MISTAKE_BUILD, build);
    return sevl_try_alone(search, &trial);
}

bool sevl_try_builds(struct sevl_search *search, const struct sevl_trial *trial)
{
    for (uint32_t build = 0; build <= UINT8_MAX; build++)
        if (build != trial->launch.build && try_build(search, *trial, build))
            return true;
    return false;
}

void sevl_trial_swap_keys(struct sevl_trial *trial)
{
    trial->is_swapped = true;
    sevl_trial_add(trial, SEVL_MISTAKE_KEYS_SWAPPED, 0);
}

/* Whether it has no part in the pass that the search is in. */
static bool is_left_out(const struct sevl_search *search, const struct sevl_trial *trial)
{
    return search->with_others && trial->count > 1;
}

static bool try_with_swapped_keys(struct sevl_search *search, struct sevl_trial trial)
{
    sevl_trial_swap_keys(&trial);
    return sevl_try_alone(search, &trial);
}

bool sevl_try_assumption(struct sevl_search *search, const struct sevl_trial *trial)
{
    if (is_left_out(search, trial))
        return false;
    if (!search->with_others)
        return sevl_try_alone(search, trial);
    return sevl_try_builds(search, trial) ||
           (search->has_tek && try_with_swapped_keys(search, *trial));
}

bool sevl_search_hash_guest(struct sevl_search *search, const struct sevl_sev_guest *guest,
                            struct sevl_trial *trial)
{
    if (sevl_search_spend(search, SEVL_DIGEST_BLOCKS + guest->cpus * SEVL_PAGE_BLOCKS))
        return true;
    return sevl_search_is_over(search, sevl_sev_launch_digest(guest, search->scratch,
                                                              trial->launch_digest));
}

bool sevl_try_guest(struct sevl_search *search, struct sevl_trial trial,
                    const struct sevl_sev_guest *guest)
{
    if (is_left_out(search, &trial))
        return false;
    return sevl_search_hash_guest(search, guest, &trial) || sevl_try_assumption(search, &trial);
}

bool sevl_try_guest_with(struct sevl_search *search, struct sevl_trial trial,
                         const struct sevl_sev_guest *guest, struct sevl_finding finding)
{
    sevl_trial_add(&trial, finding.mistake, finding.value);
    return sevl_try_guest(search, trial, guest);
}
