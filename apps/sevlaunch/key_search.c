/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "key_search.h"

#include <string.h>

/* One search. */
struct attempt {
    struct key_search *search;
    struct sevl_snp_report *report;
    const struct collateral *collateral;
    const struct verify_request *request;
    struct key_memo *memo;
    enum sevl_snp_product product; /* whose certificates are tried */
    size_t root_at;                /* their places in the collateral */
    size_t intermediate_at;
    struct sevl_snp_authority root;
    struct sevl_snp_authority intermediate;
    union {
        struct sevl_snp_chain_memory chain;
        struct sevl_snp_report_memory report;
    } memory;
};

/*
 * A step returns SEVL_MATCH if the report is verified, SEVL_ERROR_CRYPTO if Mbed TLS failed,
 * and SEVL_MISMATCH if others are to be tried.
 */

static enum sevl_result note_fault(struct attempt *attempt, enum key_fault fault)
{
    struct key_search *search = attempt->search;
    if (fault > search->fault) {
        search->fault = fault;
        search->product = attempt->product;
        search->root_trust = attempt->root.trust;
        search->intermediate_trust = attempt->intermediate.trust;
    }
    return SEVL_MISMATCH;
}

/* The same of a certificate that did not verify: `other` is for what is no wrong signature. */
static enum sevl_result note_result(struct attempt *attempt, enum sevl_result result,
                                    enum key_fault signature, enum key_fault untrusted)
{
    if (result == SEVL_ERROR_CRYPTO)
        return result;
    return note_fault(attempt, result == SEVL_UNTRUSTED ? untrusted : signature);
}

/* Returns the next certificate of a kind and the product, or NULL; `*at` goes on after it. */
static const struct collateral_item *next_item(const struct attempt *attempt,
                                               enum sevl_snp_certificate_kind kind, size_t *at)
{
    while (*at < attempt->collateral->count) {
        const struct collateral_item *item = &attempt->collateral->items[(*at)++];
        if (!item->is_crl && item->kind == kind && item->product == attempt->product)
            return item;
    }
    return NULL;
}

static enum sevl_result read_item(const struct collateral_item *item,
                                  struct sevl_snp_certificate *certificate)
{
    return sevl_snp_certificate_read(certificate, item->der.bytes, item->der.size);
}

/* Of all reports that keys were tried on, the last fault counts; of one alone, the only one. */
static enum sevl_result try_key(struct attempt *attempt, const struct sevl_snp_key *key)
{
    struct key_search *search = attempt->search;
    enum sevl_snp_report_fault fault;
    enum sevl_result verdict =
        sevl_snp_report_verify(attempt->report, key, &fault, &attempt->memory.report);
    if (verdict == SEVL_ERROR_CRYPTO)
        return verdict;
    if (verdict == SEVL_MATCH) {
        search->fault = KEY_FOUND;
        search->product = key->product;
        search->root_trust = attempt->root.trust;
        search->intermediate_trust = attempt->intermediate.trust;
        search->key = *key;
        return verdict;
    }
    if (search->fault != KEY_REPORT || fault > search->report_fault) {
        search->report_fault = fault;
        search->key = *key;
    }
    return note_fault(attempt, KEY_REPORT);
}

static enum sevl_result verify_new_leaf(struct attempt *attempt, const struct collateral_item *item,
                                        struct sevl_snp_key *key)
{
    struct sevl_snp_certificate certificate;
    enum sevl_result result = read_item(item, &certificate);
    if (result == SEVL_OK)
        result =
            sevl_snp_leaf_verify(key, &attempt->intermediate, &certificate, &attempt->memory.chain);
    return result;
}

/* The same certificate under the same intermediate has the same key. */
static enum sevl_result verify_leaf(struct attempt *attempt, const struct collateral_item *item,
                                    struct sevl_snp_key *key)
{
    struct key_memo *memo = attempt->memo;
    if (memo == NULL)
        return verify_new_leaf(attempt, item, key);
    enum sevl_result result =
        key_memo_find(memo, &item->der, attempt->root_at, attempt->intermediate_at, key);
    if (result != SEVL_ERROR_ABSENT)
        return result;
    result = verify_new_leaf(attempt, item, key);
    if (result == SEVL_MATCH)
        key_memo_keep(memo, key);
    return result;
}

static enum sevl_result try_leaves(struct attempt *attempt)
{
    struct sevl_snp_key key;
    const struct collateral_item *item;
    enum sevl_result result = SEVL_MISMATCH;
    size_t at = 0;
    memset(&key, 0, sizeof key);
    for (item = next_item(attempt, attempt->search->kind, &at);
         item != NULL && result == SEVL_MISMATCH;
         item = next_item(attempt, attempt->search->kind, &at)) {
        result = verify_leaf(attempt, item, &key);
        if (result == SEVL_MATCH)
            result = try_key(attempt, &key);
        else
            result = note_result(attempt, result, KEY_LEAF_SIGNATURE, KEY_LEAF_SIGNATURE);
    }
    return result;
}

/* Under one list, or under none. */
static enum sevl_result verify_under(struct attempt *attempt,
                                     const struct sevl_snp_certificate *certificate,
                                     const struct sevl_snp_crl *crl)
{
    const struct verify_request *request = attempt->request;
    const struct sevl_snp_revocation revocation = {.crl = crl,
                                                   .has_time = request->has_time,
                                                   .time = request->time,
                                                   .allows_unpinned = request->allows_unpinned};
    return sevl_snp_intermediate_verify(&attempt->intermediate, &attempt->root, certificate,
                                        &revocation, &attempt->memory.chain);
}

/* The lists of the product, one after another; `*at` goes on after it. */
static bool next_list(const struct attempt *attempt, struct sevl_snp_crl *crl, size_t *at)
{
    while (*at < attempt->collateral->count) {
        const struct collateral_item *item = &attempt->collateral->items[(*at)++];
        if (item->is_crl && item->product == attempt->product)
            return sevl_snp_crl_read(crl, item->der.bytes, item->der.size) == SEVL_OK;
    }
    return false;
}

/* No list may name the certificate, and one of them, or its pin, has to vouch for it. */
static enum sevl_result verify_by_lists(struct attempt *attempt,
                                        const struct sevl_snp_certificate *certificate)
{
    struct sevl_snp_crl crl;
    enum sevl_result result = verify_under(attempt, certificate, NULL);
    size_t at = 0;
    while ((result == SEVL_MATCH || result == SEVL_UNTRUSTED) && next_list(attempt, &crl, &at)) {
        struct sevl_snp_authority before = attempt->intermediate;
        if (sevl_snp_crl_verify(&crl, &attempt->root, &attempt->memory.chain) != SEVL_MATCH)
            return SEVL_ERROR_CRYPTO; /* check_lists() found that it does */
        enum sevl_result under = verify_under(attempt, certificate, &crl);
        if (result == SEVL_MATCH && under == SEVL_UNTRUSTED)
            attempt->intermediate = before;
        else
            result = under;
    }
    return result;
}

/* What is remembered of an authority, or where it will be; NULL if nothing is. */
static struct memo_authority *memo_place(const struct attempt *attempt, size_t at)
{
    return attempt->memo == NULL ? NULL : &attempt->memo->authorities[at];
}

static enum sevl_result verify_new_intermediate(struct attempt *attempt,
                                                const struct collateral_item *item)
{
    struct sevl_snp_certificate certificate;
    enum sevl_result result = read_item(item, &certificate);
    return result == SEVL_OK ? verify_by_lists(attempt, &certificate) : result;
}

static enum sevl_result verify_intermediate(struct attempt *attempt,
                                            const struct collateral_item *item)
{
    struct memo_authority *place = memo_place(attempt, attempt->intermediate_at);
    if (place != NULL && place->is_verified && place->root == attempt->root_at) {
        attempt->intermediate = place->authority;
        return SEVL_MATCH;
    }
    enum sevl_result result = verify_new_intermediate(attempt, item);
    if (result == SEVL_MATCH && place != NULL)
        *place = (struct memo_authority){.is_verified = true,
                                         .root = attempt->root_at,
                                         .authority = attempt->intermediate};
    return result;
}

static enum sevl_result try_intermediates(struct attempt *attempt)
{
    enum sevl_snp_certificate_kind kind =
        attempt->search->kind == SEVL_SNP_VCEK ? SEVL_SNP_ASK : SEVL_SNP_ASVK;
    const struct collateral_item *item;
    enum sevl_result result = SEVL_MISMATCH;
    size_t at = 0;
    for (item = next_item(attempt, kind, &at); item != NULL && result == SEVL_MISMATCH;
         item = next_item(attempt, kind, &at)) {
        attempt->intermediate_at = at - 1;
        result = verify_intermediate(attempt, item);
        if (result == SEVL_MATCH)
            result = try_leaves(attempt);
        else if (result == SEVL_REVOKED)
            result = note_fault(attempt, KEY_REVOKED);
        else
            result = note_result(attempt, result, KEY_INTERMEDIATE_SIGNATURE,
                                 KEY_INTERMEDIATE_UNTRUSTED);
    }
    return result;
}

/* One that the user named has to be in date, if the time is known. */
static bool is_stale(const struct attempt *attempt, const struct sevl_snp_crl *crl)
{
    return attempt->request->has_time &&
           !sevl_snp_is_valid_at(&crl->validity, attempt->request->time);
}

/* Keeps when the newest list was issued. */
static void note_list(struct key_search *search, const struct sevl_snp_validity *validity)
{
    if (!search->has_crl || validity->first > search->crl.first)
        search->crl = *validity;
    search->has_crl = true;
}

/* Verifies all lists of the product. */
static enum sevl_result check_lists(struct attempt *attempt)
{
    struct key_search *search = attempt->search;
    struct sevl_snp_crl crl;
    size_t at = 0;
    search->has_crl = false;
    while (next_list(attempt, &crl, &at)) {
        enum sevl_result result = sevl_snp_crl_verify(&crl, &attempt->root, &attempt->memory.chain);
        if (result != SEVL_MATCH)
            return note_result(attempt, result, KEY_CRL_SIGNATURE, KEY_CRL_SIGNATURE);
        if (is_stale(attempt, &crl) && attempt->collateral->items[at - 1].is_asked_for) {
            search->crl = crl.validity;
            return note_fault(attempt, KEY_CRL_DATES);
        }
        if (attempt->request->has_time && !is_stale(attempt, &crl))
            note_list(search, &crl.validity);
    }
    return SEVL_MATCH;
}

static enum sevl_result verify_new_root(struct attempt *attempt, const struct collateral_item *item)
{
    struct sevl_snp_certificate certificate;
    enum sevl_result result = read_item(item, &certificate);
    if (result == SEVL_OK)
        result = sevl_snp_root_verify(&attempt->root, &certificate, &attempt->request->pins,
                                      &attempt->memory.chain);
    if (result != SEVL_MATCH)
        return note_result(attempt, result, KEY_ROOT_SIGNATURE, KEY_ROOT_UNTRUSTED);
    return check_lists(attempt);
}

/* With its lists. */
static enum sevl_result verify_root(struct attempt *attempt, const struct collateral_item *item)
{
    struct key_search *search = attempt->search;
    struct memo_authority *place = memo_place(attempt, attempt->root_at);
    if (place != NULL && place->is_verified) {
        attempt->root = place->authority;
        search->has_crl = place->has_crl;
        search->crl = place->crl;
        return SEVL_MATCH;
    }
    enum sevl_result result = verify_new_root(attempt, item);
    if (result == SEVL_MATCH && place != NULL)
        *place = (struct memo_authority){true, attempt->root_at, attempt->root, search->has_crl,
                                         search->crl};
    return result;
}

static enum sevl_result try_roots(struct attempt *attempt)
{
    const struct collateral_item *item;
    enum sevl_result result = SEVL_MISMATCH;
    size_t at = 0;
    for (item = next_item(attempt, SEVL_SNP_ARK, &at); item != NULL && result == SEVL_MISMATCH;
         item = next_item(attempt, SEVL_SNP_ARK, &at)) {
        attempt->root_at = at - 1;
        result = verify_root(attempt, item);
        if (result == SEVL_MATCH)
            result = try_intermediates(attempt);
    }
    return result;
}

static bool has_item_of(const struct attempt *attempt, enum sevl_snp_certificate_kind kind)
{
    size_t at = 0;
    return next_item(attempt, kind, &at) != NULL;
}

/* Whatever is missing is told before anything is verified. */
static enum sevl_result try_product(struct attempt *attempt, enum sevl_snp_product product)
{
    attempt->product = product;
    if (!has_item_of(attempt, attempt->search->kind))
        return SEVL_MISMATCH;
    if (!has_item_of(attempt, SEVL_SNP_ARK))
        return note_fault(attempt, KEY_NO_ROOT);
    if (!has_item_of(attempt,
                     attempt->search->kind == SEVL_SNP_VCEK ? SEVL_SNP_ASK : SEVL_SNP_ASVK))
        return note_fault(attempt, KEY_NO_INTERMEDIATE);
    return try_roots(attempt);
}

/* The product that the report tells, if there is a leaf of it; else any that there is one of. */
static enum sevl_result try_products(struct attempt *attempt)
{
    enum sevl_result result = SEVL_MISMATCH;
    enum sevl_snp_product told;
    if (sevl_snp_report_product(attempt->report, &told) == SEVL_OK) {
        attempt->product = told;
        if (has_item_of(attempt, attempt->search->kind))
            return try_product(attempt, told);
    }
    for (int i = SEVL_SNP_MILAN; i <= SEVL_SNP_TURIN && result == SEVL_MISMATCH; i++)
        result = try_product(attempt, (enum sevl_snp_product)i);
    return result;
}

/* No certificate tells its kind: the report must be of that of the key. */
static enum sevl_result try_known_key(struct attempt *attempt, const struct sevl_snp_key *key)
{
    struct key_search *search = attempt->search;
    search->is_known = true;
    search->kind = key->kind;
    attempt->product = key->product;
    return try_key(attempt, key);
}

static enum sevl_result try_certificates(struct attempt *attempt)
{
    const struct verify_request *request = attempt->request;
    if (attempt->memo != NULL)
        key_memo_enter(attempt->memo, attempt->collateral, request->has_time, request->time);
    return try_products(attempt);
}

enum sevl_result key_search_run(struct key_search *search, struct sevl_snp_report *report,
                                const struct key_sources *sources)
{
    static const struct sevl_snp_key no_key = {.id_size = 0};
    struct attempt attempt;
    memset(&attempt, 0, sizeof attempt);
    memset(search, 0, sizeof *search);
    search->kind = report->signer == SEVL_SNP_SIGNER_VLEK ? SEVL_SNP_VLEK : SEVL_SNP_VCEK;
    search->fault = KEY_NO_LEAF;
    attempt.search = search;
    attempt.report = report;
    attempt.collateral = sources->collateral;
    attempt.request = sources->request;
    attempt.memo = sources->memo;
    if (sources->known != NULL)
        return try_known_key(&attempt, sources->known);
    if (sevl_snp_report_binding(report, &no_key) == SEVL_SNP_REPORT_UNSIGNED) {
        search->fault = KEY_REPORT;
        search->report_fault = SEVL_SNP_REPORT_UNSIGNED;
        return SEVL_MISMATCH;
    }
    return try_certificates(&attempt);
}
