/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The search for what explains another launch digest: what all of its groups share. A function
 * that tries something returns whether the search is over: by a match, an error, or a spent
 * budget.
 */
#ifndef SEVLAUNCH_DIGEST_SEARCH_H
#define SEVLAUNCH_DIGEST_SEARCH_H

#include "sevlaunch/scratch.h"
#include "sevlaunch/snp/diagnose.h"

struct sevl_snp_search {
    const struct sevl_snp_reference_values *reference;
    const struct sevl_snp_reported *reported;
    struct sevl_scratch scratch;
    struct sevl_snp_findings *findings; /* written on a match */
    enum sevl_result result;            /* SEVL_ERROR_ABSENT: nothing was found yet */
    bool with_state;                    /* each mistake with FPU state or features; else alone */
    bool is_spent;
    uint32_t blocks_left;
};

/* One assumption: what is taken for true, and how that differs from what was given. */
struct sevl_snp_trial {
    struct sevl_snp_guest guest;
    uint8_t before_cpus[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* of sevl_snp_search_boot() */
    uint32_t cpus_max; /* each number of CPUs from 1 to this; 0: only the guest's */
    uint32_t count;
    struct sevl_snp_finding finding[SEVL_SNP_FINDINGS_MAX];
};

/* The trial that differs in nothing. */
struct sevl_snp_trial sevl_snp_search_trial(const struct sevl_snp_search *search);

/* Notes an error, if it is one. */
bool sevl_snp_search_is_over(struct sevl_snp_search *search, enum sevl_result result);

/* Takes blocks of 128 bytes, which are hashed next, from the budget. */
bool sevl_snp_search_spend(struct sevl_snp_search *search, uint64_t blocks);

/* A trial has at most SEVL_SNP_FINDINGS_MAX of them. */
void sevl_snp_trial_add(struct sevl_snp_trial *trial, enum sevl_snp_mistake mistake,
                        uint32_t value);

/* Hashes what comes before the CPUs of the guest. */
bool sevl_snp_search_boot(struct sevl_snp_search *search, struct sevl_snp_trial *trial);

/* Tries a trial whose boot was hashed. */
bool sevl_snp_try_cpus(struct sevl_snp_search *search, const struct sevl_snp_trial *trial);

/* The same, with each usual SEV features but those of the guest. */
bool sevl_snp_try_other_features(struct sevl_snp_search *search,
                                 const struct sevl_snp_trial *trial);

/* Gives the guest the other FPU state. */
void sevl_snp_trial_set_other_fpu(struct sevl_snp_trial *trial);

/* Hashes the boot of a trial, and tries it as search->with_state says. */
bool sevl_snp_try_boot(struct sevl_snp_search *search, struct sevl_snp_trial *trial);

#endif
