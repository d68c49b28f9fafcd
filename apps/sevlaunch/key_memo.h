/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What was verified for reports before, so that it is not verified again: authorities, and keys
 * of processors. The collateral stays as it is meanwhile, but for what comes with one report; so do
 * the pins.
 */
#ifndef SEVLAUNCH_KEY_MEMO_H
#define SEVLAUNCH_KEY_MEMO_H

#include <sevlaunch/sha256.h>
#include <sevlaunch/snp/chain.h>

#include "collateral.h"

/* An authority, at its place in the collateral. Cleared memory is none. */
struct memo_authority {
    bool is_verified;
    size_t root; /* the place of the root that it was verified under */
    struct sevl_snp_authority authority;
    bool has_crl; /* a root's, as in struct key_search */
    struct sevl_snp_validity crl;
};

/* A VCEK or VLEK, and what it was verified under. */
struct memo_entry {
    uint8_t sha256[SEVL_SHA256_SIZE]; /* of the certificate */
    size_t root;
    size_t intermediate;
};

struct memo_key {
    uint64_t used; /* when it was used last, counted in uses; 0: there is none */
    struct memo_entry entry;
    struct sevl_snp_key key;
};

struct key_memo {
    struct memo_authority authorities[COLLATERAL_MAX];
    struct memo_key *keys;
    size_t capacity; /* of keys; it can be 0 */
    struct memo_entry wanted;
    uint64_t uses;
    uint64_t found; /* how many keys were not verified again */
    bool has_time;
    struct sevl_snp_validity span; /* when every list is in date that is now, and no other one */
};

/* Begins with nothing. The keys are in memory of the caller's, which is all written to. */
void key_memo_begin(struct key_memo *memo, struct memo_key *keys, size_t capacity);

/* Forgets everything if a list was in date then that is not now, or the other way round. */
void key_memo_enter(struct key_memo *memo, const struct collateral *collateral, bool has_time,
                    uint64_t time);

/*
 * Looks for the key of a certificate, under a root and an intermediate at these places.
 * Returns SEVL_MATCH with the key that was verified; SEVL_ERROR_ABSENT if none was, or it is
 * forgotten; or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result key_memo_find(struct key_memo *memo, const struct sevl_bytes *der,
                                          size_t root, size_t intermediate,
                                          struct sevl_snp_key *key);

/* Keeps the key that was looked for last and verified then, in place of the one longest unused. */
void key_memo_keep(struct key_memo *memo, const struct sevl_snp_key *key);

#endif
