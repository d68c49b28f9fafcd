/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis tries of keys, build and policy. */
#include "diagnose_groups.h"

bool sevl_try_keys(struct sevl_search *search)
{
    struct sevl_trial trial = sevl_search_trial(search);
    sevl_trial_swap_keys(&trial);
    return sevl_try_alone(search, &trial) || sevl_try_builds(search, &trial);
}

bool sevl_try_other_builds(struct sevl_search *search)
{
    struct sevl_trial trial = sevl_search_trial(search);
    return sevl_try_builds(search, &trial);
}

/*
 * SEV taken for SEV-ES, or the reverse: other CPUs are measured. A launch digest that was
 * given alone stays.
 */
static bool hash_other_es(struct sevl_search *search, struct sevl_trial *trial)
{
    struct sevl_sev_guest guest = search->reference->guest;
    if (!search->reference->has_firmware)
        return false;
    if (sevl_policy_is_es(search->evidence->launch.policy))
        guest.cpus = 0;
    return sevl_search_hash_guest(search, &guest, trial);
}

static bool try_policy(struct sevl_search *search, struct sevl_trial trial, uint32_t flipped)
{
    enum sevl_mistake mistake = flipped == SEVL_POLICY_ES ? SEVL_MISTAKE_ES : SEVL_MISTAKE_POLICY;
    bool is_one_bit = (flipped & (flipped - 1)) == 0;
    if (search->with_others && !is_one_bit)
        return false;
    trial.launch.policy ^= flipped;
    sevl_trial_add(&trial, mistake, trial.launch.policy);
    return sevl_try_assumption(search, &trial);
}

bool sevl_try_policies(struct sevl_search *search)
{
    struct sevl_trial trial = sevl_search_trial(search);
    for (unsigned bit = 0; bit < 32; bit++)
        for (unsigned other = 0; other <= bit; other++) {
            uint32_t flipped = UINT32_C(1) << bit | UINT32_C(1) << other;
            if (!sevl_policy_is_es(flipped) && try_policy(search, trial, flipped))
                return true;
        }
    return false;
}

bool sevl_try_es(struct sevl_search *search)
{
    struct sevl_trial trial = sevl_search_trial(search);
    if (hash_other_es(search, &trial))
        return true;
    for (unsigned bit = 0; bit < 32; bit++)
        if (try_policy(search, trial, SEVL_POLICY_ES | UINT32_C(1) << bit))
            return true;
    return false;
}

/* A number that was read in base `from`, read in base `to`. */
struct rereading {
    uint32_t from;
    uint32_t to;
};

/* Returns whether its digits make another number, of at most `max`. */
static bool reread(struct rereading rereading, uint32_t given, uint32_t max, uint32_t *number)
{
    uint64_t read = 0;
    uint64_t place = 1;
    for (uint32_t left = given; left > 0; left /= rereading.from) {
        uint32_t digit = left % rereading.from;
        if (digit >= rereading.to)
            return false;
        read += digit * place;
        place *= rereading.to;
    }
    *number = (uint32_t)read;
    return read != given && read <= max;
}

static bool reread_byte(struct rereading rereading, uint8_t *byte, struct sevl_trial *trial,
                        enum sevl_mistake mistake)
{
    uint32_t number;
    if (!reread(rereading, *byte, UINT8_MAX, &number))
        return false;
    *byte = (uint8_t)number;
    sevl_trial_add(trial, mistake, number);
    return true;
}

/* `bytes` has a bit for each of major, minor and build that was read so, too. */
static bool try_bytes(struct sevl_search *search, struct sevl_trial trial,
                      struct rereading rereading, uint32_t bytes)
{
    struct sevl_launch *launch = &trial.launch;
    if ((bytes & 1) != 0 &&
        !reread_byte(rereading, &launch->api_major, &trial, SEVL_MISTAKE_API_MAJOR))
        return false;
    if ((bytes & 2) != 0 &&
        !reread_byte(rereading, &launch->api_minor, &trial, SEVL_MISTAKE_API_MINOR))
        return false;
    if ((bytes & 4) != 0 && !reread_byte(rereading, &launch->build, &trial, SEVL_MISTAKE_BUILD))
        return false;
    return sevl_try_assumption(search, &trial);
}

static bool try_policy_base(struct sevl_search *search, struct rereading rereading)
{
    struct sevl_trial trial = sevl_search_trial(search);
    uint32_t given = trial.launch.policy;
    if (!reread(rereading, given, UINT32_MAX, &trial.launch.policy))
        return false;
    bool has_other_es = sevl_policy_is_es(given ^ trial.launch.policy);
    if (has_other_es && !sevl_search_has_other_es(search)) {
        search->is_partial = true;
        return false;
    }
    if (has_other_es && hash_other_es(search, &trial))
        return true;
    sevl_trial_add(&trial, SEVL_MISTAKE_POLICY_BASE, trial.launch.policy);
    for (uint32_t bytes = 0; bytes <= 7; bytes++)
        if (try_bytes(search, trial, rereading, bytes))
            return true;
    return false;
}

bool sevl_try_policy_bases(struct sevl_search *search)
{
    return try_policy_base(search, (struct rereading){.from = 10, .to = 16}) ||
           try_policy_base(search, (struct rereading){.from = 16, .to = 10});
}
