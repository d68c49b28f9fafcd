/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a diagnosis tries of API versions, for any launch: every difference of a version is
 * named, no version is the one that was given, and nothing is tried after the search is over.
 *
 * With 2 minor versions in place of 256.
 */
#include "search_model.h"

#pragma CPROVER check push
#pragma CPROVER check disable "conversion" /* a version's number */
#include <core/sev/diagnose_versions.c>
#pragma CPROVER check pop

static uint32_t tries;

static void check_guest(const struct sevl_trial *trial, const struct sevl_sev_guest *guest)
{
    PROVE(false);
}

static void check_trial(const struct sevl_trial *trial)
{
    const struct sevl_launch *given = &evidence.launch;
    prove_launch_named(trial);
    PROVE(trial->launch.api_major == given->api_major || trial->launch.api_major <= 1);
    PROVE(trial->launch.api_major != given->api_major ||
          trial->launch.api_minor != given->api_minor);
    tries++;
}

int main(void)
{
    make_any_launch();
    bool is_over = CASE == 0 ? sevl_try_versions(&search) : sevl_try_versions_and_builds(&search);
    bool is_known = evidence.launch.api_major <= 1;
    bool is_small = evidence.launch.api_minor <= 1;
    REACHES(!is_over && tries == 3);
    REACHES(!is_over && tries == 6);
    PROVE(is_over == is_ended);
    PROVE(is_over || tries == (is_known ? 4 : 6) - (is_small ? 1 : 0));
}
