/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The groups of enum sevl_snp_tried. Each function tries all of its group. */
#ifndef SEVLAUNCH_DIGEST_GROUPS_H
#define SEVLAUNCH_DIGEST_GROUPS_H

#include "snp/digest_search.h"

bool sevl_snp_try_features(struct sevl_snp_search *search);
bool sevl_snp_try_fpu(struct sevl_snp_search *search);
bool sevl_snp_try_signatures(struct sevl_snp_search *search);
bool sevl_snp_try_cpu_counts(struct sevl_snp_search *search);
bool sevl_snp_try_vmms(struct sevl_snp_search *search);
bool sevl_snp_try_cpu_combinations(struct sevl_snp_search *search);

/* These need a kernel. */
bool sevl_snp_try_kernel_unmeasured(struct sevl_snp_search *search);
bool sevl_snp_try_kernel_exchanged(struct sevl_snp_search *search);
bool sevl_snp_try_no_initrd(struct sevl_snp_search *search);
bool sevl_snp_try_hashes_first(struct sevl_snp_search *search);
bool sevl_snp_try_cmdlines(struct sevl_snp_search *search);

bool sevl_snp_try_no_svsm_caa(struct sevl_snp_search *search);

/* These need variants of the firmware. */
bool sevl_snp_try_no_store(struct sevl_snp_search *search);
bool sevl_snp_try_no_fill(struct sevl_snp_search *search);
bool sevl_snp_try_filled(struct sevl_snp_search *search);

/* Whether a variant of the firmware is an image of which not all is left out. */
bool sevl_snp_has_variant(const struct sevl_snp_search *search,
                          enum sevl_snp_firmware_change change);

#endif
