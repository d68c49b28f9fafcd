/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Of all certificates that were given, those that lead from a pinned root to the key that
 * signed a report; or a key that is known.
 */
#ifndef SEVLAUNCH_KEY_SEARCH_H
#define SEVLAUNCH_KEY_SEARCH_H

#include <sevlaunch/snp/verification.h>

#include "key_memo.h"
#include "verify_request.h"

/* Why no key was found: how far the best attempt came. */
enum key_fault {
    KEY_NO_LEAF = 1, /* these three: such a certificate was not given */
    KEY_NO_ROOT,
    KEY_NO_INTERMEDIATE,
    KEY_ROOT_UNTRUSTED,
    KEY_ROOT_SIGNATURE,
    KEY_CRL_SIGNATURE,
    KEY_CRL_DATES,
    KEY_INTERMEDIATE_SIGNATURE,
    KEY_INTERMEDIATE_UNTRUSTED,
    KEY_REVOKED,
    KEY_LEAF_SIGNATURE,
    KEY_REPORT, /* the report is not of the key: see report_fault */
    KEY_FOUND = 0x6a53
};

/* What a search found. */
struct key_search {
    enum key_fault fault;
    enum sevl_snp_report_fault report_fault; /* with KEY_REPORT */
    enum sevl_snp_certificate_kind kind;     /* of the leaf that is looked for */
    enum sevl_snp_product product;           /* of the best attempt */
    struct sevl_snp_key key;                 /* with KEY_REPORT and KEY_FOUND */
    enum sevl_snp_trust root_trust;          /* as far as it came */
    enum sevl_snp_trust intermediate_trust;
    struct sevl_snp_validity crl; /* of the list that is not in date, or of the newest one */
    bool has_crl;                 /* a list of the product was compared, and is in date */
    bool is_known;                /* the key was given: no certificate was looked at */
};

/* Where keys come from. */
struct key_sources {
    const struct collateral *collateral;
    const struct verify_request *request;
    struct key_memo *memo;            /* of this collateral, or NULL: nothing is remembered */
    const struct sevl_snp_key *known; /* the only one that is tried, or NULL */
};

/*
 * Searches, and verifies the report under the key that it finds.
 * Returns SEVL_MATCH with KEY_FOUND; SEVL_MISMATCH with another fault; or SEVL_ERROR_CRYPTO if
 * Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result key_search_run(struct key_search *search,
                                           struct sevl_snp_report *report,
                                           const struct key_sources *sources);

#endif
