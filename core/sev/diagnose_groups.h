/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The groups of enum sevl_tried. Each function tries all of its group; search->is_partial
 * says if it could not. It returns whether the search is over.
 */
#ifndef SEVLAUNCH_DIAGNOSE_GROUPS_H
#define SEVLAUNCH_DIAGNOSE_GROUPS_H

#include "search.h"

/* What is said of the launch beside its digest. */
bool sevl_try_keys(struct sevl_search *search);
bool sevl_try_other_builds(struct sevl_search *search);
bool sevl_try_policy_bases(struct sevl_search *search);
bool sevl_try_policies(struct sevl_search *search);
bool sevl_try_es(struct sevl_search *search);

bool sevl_try_versions(struct sevl_search *search);
bool sevl_try_versions_and_builds(struct sevl_search *search);

/* These need firmware and a kernel. */
bool sevl_try_kernel_unmeasured(struct sevl_search *search);
bool sevl_try_kernel_exchanged(struct sevl_search *search);
bool sevl_try_no_initrd(struct sevl_search *search);
bool sevl_try_cmdlines(struct sevl_search *search);

/* These need firmware. */
bool sevl_try_padding(struct sevl_search *search);
bool sevl_try_firmware_code(struct sevl_search *search);

/* These need firmware and CPUs, all but the last one CPUs whose pages are built. */
bool sevl_try_vmms(struct sevl_search *search);
bool sevl_try_sev_features(struct sevl_search *search);
bool sevl_try_fpu(struct sevl_search *search);
bool sevl_try_signatures(struct sevl_search *search);
bool sevl_try_cpu_pairs(struct sevl_search *search);
bool sevl_try_cpu_counts(struct sevl_search *search);

#endif
