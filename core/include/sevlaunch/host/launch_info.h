/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a host reports of a launch, in the words of its tools: the output of
 * `virsh domlaunchsecinfo`, or the replies to QEMU's QMP commands query-sev and
 * query-sev-launch-measure, one after the other in any order. See sevlaunch.h for the
 * conventions.
 *
 * Nothing of it need be believed: the measurement proves itself, and every other
 * value goes into the message that it authenticates. An owner who cares which
 * version of the SEV firmware runs, or which policy holds, must look at the values.
 */
#ifndef SEVLAUNCH_LAUNCH_INFO_H
#define SEVLAUNCH_LAUNCH_INFO_H

#include <stdbool.h>

#include "../sev/measurement.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sevl_launch_info {
    bool has_measurement;
    bool has_api_major;
    bool has_api_minor;
    bool has_build;
    bool has_policy;
    struct sevl_evidence evidence; /* the parts that were there, else zeros */
};

/* Absent values are zeros. */
static inline bool sevl_launch_info_is_valid(const struct sevl_launch_info *info)
{
    const struct sevl_launch *launch = &info->evidence.launch;
    return (info->has_api_major || launch->api_major == 0) &&
           (info->has_api_minor || launch->api_minor == 0) &&
           (info->has_build || launch->build == 0) && (info->has_policy || launch->policy == 0);
}

/*
 * Reads `length` characters, which need no NUL at their end. Lines and JSON members of other
 * names are skipped. Takes up to 3 KiB of stack, for JSON.
 *
 * Returns SEVL_OK when there was at least one of the values; SEVL_ERROR_ABSENT
 * when there was none; or SEVL_ERROR_ENCODING when the text is neither lines of
 * "name: value" nor JSON of at most 128 tokens, a value is no number of its field's
 * size or no measurement, or a value is there twice.
 */
SEVL_CHECK enum sevl_result sevl_launch_info_read(struct sevl_launch_info *info, const char *text,
                                                  size_t length);

#ifdef __cplusplus
}
#endif

#endif
