/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis tries of the API version. */
#include "diagnose_groups.h"

static bool try_version(struct sevl_search *search, struct sevl_trial trial, uint32_t major,
                        uint32_t minor, bool with_builds)
{
    if (major != trial.launch.api_major)
        sevl_trial_add(&trial, SEVL_MISTAKE_API_MAJOR, major);
    if (minor != trial.launch.api_minor)
        sevl_trial_add(&trial, SEVL_MISTAKE_API_MINOR, minor);
    if (trial.count == 0)
        return false;
    trial.launch.api_major = (uint8_t)major;
    trial.launch.api_minor = (uint8_t)minor;
    return with_builds ? sevl_try_builds(search, &trial) : sevl_try_alone(search, &trial);
}

static bool try_minors(struct sevl_search *search, const struct sevl_trial *trial, uint32_t major,
                       bool with_builds)
{
    for (uint32_t minor = 0; minor <= UINT8_MAX; minor++)
        if (try_version(search, *trial, major, minor, with_builds))
            return true;
    return false;
}

/* The major version that is given, and those that there are: 0 and 1. */
static bool try_majors(struct sevl_search *search, bool with_builds)
{
    struct sevl_trial trial = sevl_search_trial(search);
    uint32_t given = trial.launch.api_major;
    if (try_minors(search, &trial, given, with_builds))
        return true;
    for (uint32_t major = 0; major <= 1; major++)
        if (major != given && try_minors(search, &trial, major, with_builds))
            return true;
    return false;
}

bool sevl_try_versions(struct sevl_search *search)
{
    return try_majors(search, false);
}

bool sevl_try_versions_and_builds(struct sevl_search *search)
{
    return try_majors(search, true);
}
