/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The smallest verification of a chain, then of a report under its key, and its appraisal.
 * The caller has the report, the certificates and what is expected, which may be in flash.
 */
#include "chain.h"

struct chaining chaining;

static bool read(const struct sevl_bytes *der)
{
    return sevl_snp_certificate_read(&chaining.u.chain.certificate, der->bytes, der->size) ==
           SEVL_OK;
}

static enum sevl_result verify_chain(void)
{
    struct chaining *c = &chaining;
    const struct sevl_snp_certificate *certificate = &c->u.chain.certificate;
    struct sevl_snp_authority *root = &c->u.chain.authorities[0];
    struct sevl_snp_authority *intermediate = &c->u.chain.authorities[1];
    struct sevl_snp_chain_memory *memory = &c->u.chain.memory;
    enum sevl_result verdict = SEVL_ERROR_ENCODING;
    if (read(&c->root))
        verdict = sevl_snp_root_verify(root, certificate, c->pins, memory);
    if (verdict != SEVL_MATCH || !read(&c->intermediate))
        return SEVL_ERROR_ENCODING;
    verdict = sevl_snp_intermediate_verify(intermediate, root, certificate, c->revocation, memory);
    if (verdict != SEVL_MATCH || !read(&c->leaf))
        return SEVL_ERROR_ENCODING;
    return sevl_snp_leaf_verify(&c->key, intermediate, certificate, memory);
}

enum sevl_result chain(const void *bytes, size_t size)
{
    struct chaining *c = &chaining;
    enum sevl_result verdict = verify_chain();
    if (verdict != SEVL_MATCH)
        return verdict;
    if (sevl_snp_report_read(&c->u.report.report, bytes, size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    verdict = sevl_snp_report_verify(&c->u.report.report, &c->key, NULL, &c->u.report.memory);
    if (verdict != SEVL_MATCH)
        return verdict;
    return sevl_snp_appraise(&c->u.report.report, &c->key, c->expectations, &c->u.report.appraisal);
}
