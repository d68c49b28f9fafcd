/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Verifies the report in the mailbox, by what the owner wrote into the token's flash. */
#include "snp_token.h"

#include <string.h>

#include "examine.h"
#include "hashes.h"
#include "reference.h"

/* From the linker script. */
extern volatile struct token_snp_mailbox snp_mailbox;

/*
 * What an examination works in. Certificates are done with when the report begins, and the next
 * one takes the place of the last.
 */
static struct {
    struct token_snp_request request;
    struct token_snp_findings findings;
    struct sevl_snp_key key;
    struct sevl_snp_expectations expectations;
    union {
        struct {
            struct sevl_snp_certificate certificate;
            struct sevl_snp_authority root;
            struct sevl_snp_authority intermediate;
            struct sevl_snp_chain_memory memory;
            uint8_t der[TOKEN_CERTIFICATE_MAX];
        } chain;
        struct {
            struct sevl_snp_report report;
            struct sevl_snp_appraisal appraisal;
            struct sevl_snp_report_memory memory;
            uint8_t bytes[SEVL_SNP_REPORT_SIZE];
        } report;
    } u;
} work;

/* SHA-384 of nothing. */
enum sevl_result check_token(void)
{
    static const uint8_t known[SEVL_SHA384_SIZE] = {0x38, 0xb0, 0x60, 0xa7, 0x51, 0xac, 0x96, 0x38,
                                                    0x4c, 0xd9, 0x32, 0x7e, 0xb1, 0xb1, 0xe3, 0x6a,
                                                    0x21, 0xfd, 0xb7, 0x11, 0x14, 0xbe, 0x07, 0x43,
                                                    0x4c, 0x0c, 0xc7, 0xbf, 0x63, 0xf6, 0xe1, 0xda,
                                                    0x27, 0x4e, 0xde, 0xbf, 0xe7, 0x6f, 0x65, 0xfb,
                                                    0xd5, 0x1a, 0xd2, 0xf1, 0x48, 0x98, 0xb9, 0x5b};
    uint8_t sha384[SEVL_SHA384_SIZE];
    enum sevl_result result = hash_bytes(known, 0, sha384);
    if (result == SEVL_OK && !hash_equal(sha384, known))
        result = SEVL_MISMATCH;
    return result;
}

/* Others may write to the mailbox meanwhile: each byte of it is read once. */
static void copy_in(void *to, const volatile void *from, size_t size)
{
    uint8_t *bytes = to;
    const volatile uint8_t *mailbox_bytes = from;
    for (size_t i = 0; i < size; i++)
        bytes[i] = mailbox_bytes[i];
}

static bool are_sizes_allowed(void)
{
    for (size_t i = 0; i < TOKEN_CERTIFICATES; i++)
        if (work.request.sizes[i] < 1 || work.request.sizes[i] > TOKEN_CERTIFICATE_MAX)
            return false;
    return true;
}

/* Returns SEVL_OK, or the reason why the request is refused. */
static uint32_t check_request(void)
{
    const struct token_snp_request *request = &work.request;
    uint32_t checked = reference_check();
    if (checked != SEVL_OK)
        return checked;
    if (request->magic != TOKEN_SNP_MAGIC)
        return TOKEN_NO_REQUEST;
    if (request->challenge != TOKEN_CHALLENGE && request->challenge != TOKEN_NO_CHALLENGE)
        return TOKEN_NO_REQUEST;
    if (reference.trust == REFERENCE_CHAIN && !are_sizes_allowed())
        return TOKEN_OUT_OF_RANGE;
    return SEVL_OK;
}

static uint32_t reason_of(enum sevl_result verdict)
{
    switch (verdict) {
    case SEVL_ERROR_STATE:
        return TOKEN_KIND;
    case SEVL_UNTRUSTED:
        return TOKEN_UNTRUSTED;
    case SEVL_REVOKED:
        return TOKEN_REVOKED;
    case SEVL_ERROR_ENCODING:
        return TOKEN_FORM;
    default:
        return TOKEN_SIGNATURE;
    }
}

/* Keeps why a certificate is refused, and passes the verdict on. */
static enum sevl_result keep_fault(enum token_snp_part part, enum sevl_result verdict)
{
    work.findings.fault = verdict == SEVL_MATCH ? 0 : part | reason_of(verdict);
    return verdict;
}

/* Reads one of the request's certificates, in place of the last. The size is bounded here, too:
 * the check of the request alone is one that a fault can leave out. */
static enum sevl_result read_certificate(enum token_snp_certificate which)
{
    size_t size = work.request.sizes[which];
    if (size > sizeof work.u.chain.der)
        return SEVL_ERROR_ENCODING;
    copy_in(work.u.chain.der, snp_mailbox.certificates[which], size);
    return sevl_snp_certificate_read(&work.u.chain.certificate, work.u.chain.der, size);
}

/* Whether the key of the certificate is one of the owner's, if there is such a pin. */
static bool is_own(uint32_t pin, const struct sevl_snp_fingerprint *own)
{
    struct sevl_snp_fingerprint fingerprint;
    if ((reference.pins & pin) == 0)
        return false;
    return sevl_snp_fingerprint_compute(&fingerprint, &work.u.chain.certificate) == SEVL_OK &&
           hash_equal(fingerprint.sha384, own->sha384);
}

/* Whether the owner takes this root, which the core takes: AMD's are for some products alone. */
static bool is_root_taken(const struct sevl_snp_authority *root)
{
    if (root->trust == SEVL_SNP_TRUST_PIN && (reference.products >> root->product & 1) != 0)
        return true;
    return is_own(REFERENCE_OWN_ROOT, &reference.root);
}

static enum sevl_result verify_root(void)
{
    struct sevl_snp_authority *root = &work.u.chain.root;
    const struct sevl_snp_pins pins = {&reference.root, (reference.pins & REFERENCE_OWN_ROOT) != 0};
    if (read_certificate(TOKEN_ROOT) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    enum sevl_result verdict =
        sevl_snp_root_verify(root, &work.u.chain.certificate, &pins, &work.u.chain.memory);
    if (verdict != SEVL_MATCH)
        return verdict;
    return is_root_taken(root) ? verdict : SEVL_UNTRUSTED;
}

/* Whether somebody vouches for this intermediate, which the root signed. There is no clock for
 * the dates of a revocation list: only a pin does. */
static bool is_intermediate_taken(const struct sevl_snp_authority *intermediate)
{
    return intermediate->trust == SEVL_SNP_TRUST_PIN ||
           is_own(REFERENCE_OWN_INTERMEDIATE, &reference.intermediate);
}

static enum sevl_result verify_intermediate(void)
{
    struct sevl_snp_authority *intermediate = &work.u.chain.intermediate;
    const struct sevl_snp_revocation revocation = {
        .allows_unpinned = (reference.pins & REFERENCE_OWN_INTERMEDIATE) != 0};
    if (read_certificate(TOKEN_INTERMEDIATE) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    enum sevl_result verdict =
        sevl_snp_intermediate_verify(intermediate, &work.u.chain.root, &work.u.chain.certificate,
                                     &revocation, &work.u.chain.memory);
    if (verdict != SEVL_MATCH)
        return verdict;
    return is_intermediate_taken(intermediate) ? verdict : SEVL_UNTRUSTED;
}

static enum sevl_result verify_leaf(void)
{
    if (read_certificate(TOKEN_LEAF) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    return sevl_snp_leaf_verify(&work.key, &work.u.chain.intermediate, &work.u.chain.certificate,
                                &work.u.chain.memory);
}

static enum sevl_result verify_chain(void)
{
    enum sevl_result verdict = keep_fault(TOKEN_PART_ROOT, verify_root());
    if (verdict == SEVL_MATCH)
        verdict = keep_fault(TOKEN_PART_INTERMEDIATE, verify_intermediate());
    if (verdict == SEVL_MATCH)
        verdict = keep_fault(TOKEN_PART_LEAF, verify_leaf());
    return verdict;
}

static enum sevl_result verify_report(void)
{
    struct sevl_snp_report *report = &work.u.report.report;
    enum sevl_snp_report_fault fault;
    copy_in(work.u.report.bytes, snp_mailbox.report, sizeof work.u.report.bytes);
    work.findings.fault = TOKEN_PART_REPORT | TOKEN_FORM;
    if (sevl_snp_report_read(report, work.u.report.bytes, sizeof work.u.report.bytes) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    enum sevl_result verdict =
        sevl_snp_report_verify(report, &work.key, &fault, &work.u.report.memory);
    work.findings.fault = fault == SEVL_SNP_REPORT_GOOD ? 0 : TOKEN_PART_REPORT | fault;
    return verdict;
}

static void find_checks(void)
{
    for (unsigned i = 0; i < SEVL_SNP_CHECKS; i++) {
        if (work.u.report.appraisal.state[i] == SEVL_SNP_FAILED)
            work.findings.failed |= SEVL_SNP_CHECK_BIT(i);
        if (work.u.report.appraisal.state[i] == SEVL_SNP_NOT_MADE)
            work.findings.not_made |= SEVL_SNP_CHECK_BIT(i);
    }
}

static enum sevl_result appraise(void)
{
    struct sevl_snp_expectations *expectations = &work.expectations;
    reference_expect(expectations);
    if (work.request.challenge != TOKEN_NO_CHALLENGE)
        expectations->expected |= SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_REPORT_DATA);
    memcpy(expectations->report_data, work.request.report_data, sizeof work.request.report_data);
    enum sevl_result verdict =
        sevl_snp_appraise(&work.u.report.report, &work.key, expectations, &work.u.report.appraisal);
    find_checks();
    return verdict;
}

/* Finds the key that reports are verified by. Returns SEVL_OK, or why there is none. */
static enum sevl_result find_key(void)
{
    if (reference.trust == REFERENCE_KEY)
        return reference_key(&work.key);
    enum sevl_result verdict = verify_chain();
    return verdict == SEVL_MATCH ? SEVL_OK : verdict;
}

static uint32_t result_of(enum sevl_result verdict)
{
    switch (verdict) {
    case SEVL_ERROR_CRYPTO:
        return TOKEN_BROKEN;
    case SEVL_ERROR_ENCODING:
        return TOKEN_UNREADABLE;
    case SEVL_MATCH:
        return verdict;
    default:
        return SEVL_MISMATCH;
    }
}

static uint32_t examine_report(void)
{
    uint32_t checked = check_request();
    if (checked != SEVL_OK)
        return checked;
    enum sevl_result verdict = find_key();
    if (verdict == SEVL_OK)
        verdict = verify_report();
    if (verdict == SEVL_MATCH)
        verdict = appraise();
    return result_of(verdict);
}

uint32_t examine_request(void)
{
    memset(&work, 0, sizeof work);
    copy_in(&work.request, &snp_mailbox.request, sizeof work.request);
    uint32_t result = examine_report();
    snp_mailbox.findings.fault = work.findings.fault;
    snp_mailbox.findings.failed = work.findings.failed;
    snp_mailbox.findings.not_made = work.findings.not_made;
    return result;
}
