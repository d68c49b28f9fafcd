/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "key_memo.h"

#include <string.h>

static void forget(struct key_memo *memo)
{
    memset(memo->authorities, 0, sizeof memo->authorities);
    memset(memo->keys, 0, memo->capacity * sizeof *memo->keys);
}

void key_memo_begin(struct key_memo *memo, struct memo_key *keys, size_t capacity)
{
    memset(memo, 0, sizeof *memo);
    memo->keys = keys;
    memo->capacity = capacity;
    forget(memo);
}

/* Leaves the times at which a list is in date if it is so now, and is not if it is not now. */
static void narrow_span(struct sevl_snp_validity *span, const struct sevl_snp_validity *list,
                        uint64_t now)
{
    struct sevl_snp_validity same = *list;
    if (now < list->first)
        same = (struct sevl_snp_validity){0, list->first - 1};
    else if (now > list->last)
        same = (struct sevl_snp_validity){list->last + 1, UINT64_MAX};
    if (span->first < same.first)
        span->first = same.first;
    if (span->last > same.last)
        span->last = same.last;
}

static struct sevl_snp_validity find_span(const struct collateral *collateral, uint64_t now)
{
    struct sevl_snp_validity span = {0, UINT64_MAX};
    struct sevl_snp_crl crl;
    for (size_t i = 0; i < collateral->count; i++) {
        const struct collateral_item *item = &collateral->items[i];
        if (item->is_crl && sevl_snp_crl_read(&crl, item->der.bytes, item->der.size) == SEVL_OK)
            narrow_span(&span, &crl.validity, now);
    }
    return span;
}

void key_memo_enter(struct key_memo *memo, const struct collateral *collateral, bool has_time,
                    uint64_t time)
{
    if (memo->has_time == has_time && sevl_snp_is_valid_at(&memo->span, time))
        return;
    forget(memo);
    memo->has_time = has_time;
    memo->span = find_span(collateral, time);
}

static enum sevl_result hash_certificate(const struct sevl_bytes *der,
                                         uint8_t sha256[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 stream;
    enum sevl_result result = sevl_sha256_init(&stream);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&stream, der->bytes, der->size);
    return result == SEVL_OK ? sevl_sha256_finish(&stream, sha256) : result;
}

static bool is_same_entry(const struct memo_entry *a, const struct memo_entry *b)
{
    uint8_t difference = 0;
    for (size_t i = 0; i < sizeof a->sha256; i++)
        difference |= a->sha256[i] ^ b->sha256[i];
    return difference == 0 && a->root == b->root && a->intermediate == b->intermediate;
}

enum sevl_result key_memo_find(struct key_memo *memo, const struct sevl_bytes *der, size_t root,
                               size_t intermediate, struct sevl_snp_key *key)
{
    memo->wanted = (struct memo_entry){.root = root, .intermediate = intermediate};
    enum sevl_result result = hash_certificate(der, memo->wanted.sha256);
    if (result != SEVL_OK)
        return result;
    for (size_t i = 0; i < memo->capacity; i++) {
        struct memo_key *kept = &memo->keys[i];
        if (kept->used == 0 || !is_same_entry(&kept->entry, &memo->wanted))
            continue;
        kept->used = ++memo->uses;
        memo->found++;
        *key = kept->key;
        return SEVL_MATCH;
    }
    return SEVL_ERROR_ABSENT;
}

void key_memo_keep(struct key_memo *memo, const struct sevl_snp_key *key)
{
    size_t oldest = 0;
    if (memo->capacity == 0)
        return;
    for (size_t i = 1; i < memo->capacity; i++)
        if (memo->keys[i].used < memo->keys[oldest].used)
            oldest = i;
    memo->uses++;
    memo->keys[oldest] = (struct memo_key){memo->uses, memo->wanted, *key};
}
