/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a diagnosis tries of keys, build and policy, for any launch and search, and any number
 * that digits make in another base: all that differs from what was given is named, there is
 * room for what is named, and nothing is tried after the search is over. Where ES differs and
 * there is firmware, the CPUs are hashed that belong to the policy, or nothing is tried.
 *
 * With 3 bits of the policy in place of 32.
 */
#include "search_model.h"

#include <core/sev/diagnose_launch.c>

static bool is_hashed; /* the guest with ES the other way */

static bool reread(struct rereading rereading, uint32_t given, uint32_t max, uint32_t *number)
{
    *number = nondet_u32();
    return *number != given && *number <= max && nondet_bool();
}

static void check_guest(const struct sevl_trial *trial, const struct sevl_sev_guest *guest)
{
    bool is_es = sevl_policy_is_es(evidence.launch.policy);
    PROVE(reference.has_firmware);
    PROVE(guest->cpus == (is_es ? 0 : reference.guest.cpus));
    is_hashed = true;
}

static void check_trial(const struct sevl_trial *trial)
{
    bool has_other_es = sevl_policy_is_es(trial->launch.policy ^ evidence.launch.policy);
    prove_launch_named(trial);
    PROVE(!has_other_es || is_hashed || !reference.has_firmware);
    PROVE(!has_other_es || !reference.has_firmware || reference.guest.cpus > 0);
}

int main(void)
{
    static bool (*const groups[])(struct sevl_search *) = {sevl_try_keys, sevl_try_other_builds,
                                                           sevl_try_policy_bases, sevl_try_policies,
                                                           sevl_try_es};
    make_any_launch();
    search.with_others = nondet_bool();
    ASSUME(CASE != 4 || sevl_search_has_other_es(&search));

    bool is_over = groups[CASE](&search);

    REACHES(is_over && CASE == 0);
    REACHES(!is_over && CASE == 1);
    REACHES(!is_over && CASE == 2 && is_hashed);
    REACHES(search.is_partial && CASE == 2);
    REACHES(!is_over && CASE == 3);
    REACHES(!is_over && CASE == 4 && is_hashed);
    PROVE(is_over == is_ended);
    PROVE(!search.is_partial || (CASE == 2 && !sevl_search_has_other_es(&search)));
}
