/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The search for what explains a mismatch: what all of its groups share. A function that
 * tries something returns whether the search is over: by a match, an error, or a spent budget.
 */
#ifndef SEVLAUNCH_SEARCH_H
#define SEVLAUNCH_SEARCH_H

#include "crypto/hmac.h"
#include "sevlaunch/scratch.h"
#include "sevlaunch/sev/diagnose.h"

struct sevl_search {
    const struct sevl_reference_values *reference;
    const struct sevl_evidence *evidence;
    bool has_tek;
    struct sevl_hmac_pads tek; /* if there is one */
    struct sevl_hmac_pads tik;
    struct sevl_scratch scratch;
    struct sevl_findings *findings; /* written on a match */
    enum sevl_result result;        /* SEVL_ERROR_ABSENT: nothing was found yet */
    bool with_others; /* each single mistake with a build or swapped keys; else all alone */
    bool is_partial;  /* a group could not try all that it stands for */
    bool is_spent;
    uint32_t blocks_left;
};

/* One assumption: what is taken for true, and how that differs from what was given. */
struct sevl_trial {
    struct sevl_launch launch;
    bool is_swapped; /* the TEK is taken for the TIK */
    uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE];
    uint32_t count;
    struct sevl_finding finding[SEVL_FINDINGS_MAX];
};

/* The guest that was measured with the policy that was given. */
struct sevl_sev_guest sevl_search_guest(const struct sevl_search *search);

/* The trial that differs in nothing. */
struct sevl_trial sevl_search_trial(const struct sevl_search *search);

/*
 * Whether it is known what is measured with ES of the policy the other way. A launch digest
 * that was given alone may be of either.
 */
bool sevl_search_has_other_es(const struct sevl_search *search);

/* Notes an error, if it is one. */
bool sevl_search_is_over(struct sevl_search *search, enum sevl_result result);

/* Takes blocks of 64 bytes, which are hashed next, from the budget. */
bool sevl_search_spend(struct sevl_search *search, uint32_t blocks);

/* A trial has at most SEVL_FINDINGS_MAX of them. */
void sevl_trial_add(struct sevl_trial *trial, enum sevl_mistake mistake, uint32_t value);

/* Tries it alone. */
bool sevl_try_alone(struct sevl_search *search, const struct sevl_trial *trial);

/* Tries it with each other build. */
bool sevl_try_builds(struct sevl_search *search, const struct sevl_trial *trial);

void sevl_trial_swap_keys(struct sevl_trial *trial);

/* Tries it as search->with_others says: with others if it has one finding, or not at all. */
bool sevl_try_assumption(struct sevl_search *search, const struct sevl_trial *trial);

bool sevl_search_hash_guest(struct sevl_search *search, const struct sevl_sev_guest *guest,
                            struct sevl_trial *trial);

/* Tries the assumption that this guest was measured. */
bool sevl_try_guest(struct sevl_search *search, struct sevl_trial trial,
                    const struct sevl_sev_guest *guest);

/* The same, with one finding more. */
bool sevl_try_guest_with(struct sevl_search *search, struct sevl_trial trial,
                         const struct sevl_sev_guest *guest, struct sevl_finding finding);

/* What a digest is made of beside whole pages: the kernel's table, parts of blocks, padding. */
#define SEVL_DIGEST_BLOCKS 5
#define SEVL_BLOCK_SIZE 64
#define SEVL_PAGE_BLOCKS (SEVL_PAGE_SIZE / SEVL_BLOCK_SIZE)

#endif
