/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A token's examination of any request is a match only if the request is one; root, intermediate
 * and leaf verified, each by the one above it, and the owner takes the upper two, or it is the
 * owner's key; the report verified under that key; and its appraisal is a match, by the reference
 * values and by the request's challenge. No size of a request leads out of the mailbox, or of the
 * copy. What is told beside the result never has the bits of a match.
 */
#include "proof.h"

#include <apps/token/snp_token.c>

volatile struct token_snp_mailbox snp_mailbox;
const struct token_reference reference = {0};

static const enum sevl_result verdicts[] = {
    SEVL_MATCH,     SEVL_MISMATCH, SEVL_ERROR_STATE,  SEVL_ERROR_ENCODING,
    SEVL_UNTRUSTED, SEVL_REVOKED,  SEVL_ERROR_CRYPTO,
};

static bool is_unreadable; /* something was found to be */

static enum sevl_result any_verdict(void)
{
    enum sevl_result verdict = verdicts[any_below(sizeof verdicts / sizeof *verdicts)];
    is_unreadable |= verdict == SEVL_ERROR_ENCODING;
    return verdict;
}

static struct token_snp_request given; /* what was copied of the mailbox */
static uint32_t reference_state;
static unsigned read_parts; /* certificates of the copy, since the last verification */
static bool has_root, has_intermediate, has_leaf, has_key, has_report, is_genuine, is_appraised;
static bool is_own_root, is_own_intermediate;

/* In place of the file's own, of which case 1 is: no byte counts but those of the request. */
static void copy_in(void *to, const volatile void *from, size_t size)
{
    PROVE(__CPROVER_w_ok(to, size) && __CPROVER_r_ok((const void *)from, size));
    if (to == &work.request) {
        PROVE(from == &snp_mailbox.request && size == sizeof given);
        work.request = given;
        return;
    }
    if (to == work.u.report.bytes) {
        PROVE(from == snp_mailbox.report && size == SEVL_SNP_REPORT_SIZE);
        has_report = true;
        return;
    }
    PROVE(to == work.u.chain.der && size >= 1 && size <= TOKEN_CERTIFICATE_MAX);
    for (unsigned i = 0; i < TOKEN_CERTIFICATES; i++)
        if (from == snp_mailbox.certificates[i]) {
            PROVE(size == given.sizes[i]);
            read_parts = 1u << i;
        }
    PROVE(read_parts != 0);
}

uint32_t reference_check(void)
{
    return reference_state;
}

enum sevl_result reference_key(struct sevl_snp_key *key)
{
    PROVE(key == &work.key && reference.trust == REFERENCE_KEY);
    has_key = nondet_bool();
    is_unreadable |= !has_key;
    return has_key ? SEVL_OK : SEVL_ERROR_ENCODING;
}

static uint32_t expected; /* by the reference values */

void reference_expect(struct sevl_snp_expectations *expectations)
{
    PROVE(expectations == &work.expectations);
    expectations->expected = expected;
}

enum sevl_result hash_bytes(const void *bytes, size_t size, uint8_t sha384[SEVL_SHA384_SIZE])
{
    PROVE(size == 0 && __CPROVER_w_ok(sha384, SEVL_SHA384_SIZE) && bytes != NULL);
    return nondet_bool() ? SEVL_OK : SEVL_ERROR_CRYPTO;
}

static bool is_computed; /* the fingerprint that is compared next */

bool hash_equal(const uint8_t one[SEVL_SHA384_SIZE], const uint8_t other[SEVL_SHA384_SIZE])
{
    PROVE(__CPROVER_r_ok(one, SEVL_SHA384_SIZE) && is_computed);
    if (other == reference.root.sha384)
        return is_own_root;
    PROVE(other == reference.intermediate.sha384);
    return is_own_intermediate;
}

enum sevl_result sevl_snp_fingerprint_compute(struct sevl_snp_fingerprint *fingerprint,
                                              const struct sevl_snp_certificate *certificate)
{
    PROVE(__CPROVER_w_ok(fingerprint, sizeof *fingerprint));
    PROVE(certificate == &work.u.chain.certificate);
    is_computed = nondet_bool();
    return is_computed ? SEVL_OK : SEVL_ERROR_CRYPTO;
}

static bool is_form = true;

enum sevl_result sevl_snp_certificate_read(struct sevl_snp_certificate *certificate,
                                           const void *der, size_t size)
{
    PROVE(certificate == &work.u.chain.certificate && der == work.u.chain.der);
    PROVE(size <= sizeof work.u.chain.der);
    is_form = nondet_bool();
    is_unreadable |= !is_form;
    return is_form ? SEVL_OK : SEVL_ERROR_ENCODING;
}

/* What was copied and read last is this certificate. */
static void prove_read(unsigned which)
{
    PROVE(is_form && read_parts == 1u << which);
    read_parts = 0;
}

static bool has_pin(uint32_t pin)
{
    return (reference.pins & pin) != 0;
}

enum sevl_result sevl_snp_root_verify(struct sevl_snp_authority *root,
                                      const struct sevl_snp_certificate *certificate,
                                      const struct sevl_snp_pins *pins,
                                      struct sevl_snp_chain_memory *memory)
{
    prove_read(TOKEN_ROOT);
    PROVE(root == &work.u.chain.root && certificate == &work.u.chain.certificate);
    PROVE(pins->roots == &reference.root && pins->count == has_pin(REFERENCE_OWN_ROOT));
    PROVE(memory == &work.u.chain.memory);
    enum sevl_result verdict = any_verdict();
    root->product = (enum sevl_snp_product)(1 + any_below(3));
    root->trust = nondet_bool() ? SEVL_SNP_TRUST_PIN : SEVL_SNP_TRUST_OWN_PIN;
    bool is_amd =
        root->trust == SEVL_SNP_TRUST_PIN && (reference.products & 1u << root->product) != 0;
    has_root = verdict == SEVL_MATCH && (is_amd || (is_own_root && has_pin(REFERENCE_OWN_ROOT)));
    return verdict;
}

enum sevl_result sevl_snp_intermediate_verify(struct sevl_snp_authority *intermediate,
                                              const struct sevl_snp_authority *root,
                                              const struct sevl_snp_certificate *certificate,
                                              const struct sevl_snp_revocation *revocation,
                                              struct sevl_snp_chain_memory *memory)
{
    prove_read(TOKEN_INTERMEDIATE);
    PROVE(has_root && root == &work.u.chain.root && intermediate == &work.u.chain.intermediate);
    PROVE(certificate == &work.u.chain.certificate && memory == &work.u.chain.memory);
    PROVE(revocation->crl == NULL && !revocation->has_time);
    PROVE(revocation->allows_unpinned == has_pin(REFERENCE_OWN_INTERMEDIATE));
    enum sevl_result verdict = any_verdict();
    intermediate->trust = nondet_bool() ? SEVL_SNP_TRUST_PIN : SEVL_SNP_TRUST_ALLOWED;
    has_intermediate =
        verdict == SEVL_MATCH && (intermediate->trust == SEVL_SNP_TRUST_PIN ||
                                  (is_own_intermediate && has_pin(REFERENCE_OWN_INTERMEDIATE)));
    return verdict;
}

enum sevl_result sevl_snp_leaf_verify(struct sevl_snp_key *key,
                                      const struct sevl_snp_authority *intermediate,
                                      const struct sevl_snp_certificate *certificate,
                                      struct sevl_snp_chain_memory *memory)
{
    prove_read(TOKEN_LEAF);
    PROVE(has_intermediate && intermediate == &work.u.chain.intermediate && key == &work.key);
    PROVE(certificate == &work.u.chain.certificate && memory == &work.u.chain.memory);
    enum sevl_result verdict = any_verdict();
    has_leaf = verdict == SEVL_MATCH;
    return verdict;
}

enum sevl_result sevl_snp_report_read(struct sevl_snp_report *report, const uint8_t *bytes,
                                      size_t size)
{
    PROVE(has_report && report == &work.u.report.report && bytes == work.u.report.bytes);
    PROVE(size == SEVL_SNP_REPORT_SIZE);
    has_report = nondet_bool();
    is_unreadable |= !has_report;
    return has_report ? SEVL_OK : SEVL_ERROR_ENCODING;
}

enum sevl_result sevl_snp_report_verify(struct sevl_snp_report *report,
                                        const struct sevl_snp_key *key,
                                        enum sevl_snp_report_fault *fault,
                                        struct sevl_snp_report_memory *memory)
{
    PROVE(has_report && report == &work.u.report.report && memory == &work.u.report.memory);
    PROVE(key == &work.key && (reference.trust == REFERENCE_KEY ? has_key : has_leaf));
    enum sevl_result verdict = any_verdict();
    is_genuine = verdict == SEVL_MATCH;
    *fault = is_genuine ? SEVL_SNP_REPORT_GOOD : (enum sevl_snp_report_fault)(1 + any_below(7));
    return verdict;
}

enum sevl_result sevl_snp_appraise(const struct sevl_snp_report *report,
                                   const struct sevl_snp_key *key,
                                   const struct sevl_snp_expectations *expectations,
                                   struct sevl_snp_appraisal *appraisal)
{
    size_t i = any_below(sizeof given.report_data);
    uint32_t challenge = SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_REPORT_DATA);
    PROVE(is_genuine && report == &work.u.report.report && key == &work.key);
    PROVE(expectations == &work.expectations && appraisal == &work.u.report.appraisal);
    PROVE(expectations->expected ==
          (given.challenge == TOKEN_CHALLENGE ? expected | challenge : expected));
    PROVE(expectations->report_data[i] == given.report_data[i]);
    enum sevl_result verdict = any_verdict();
    is_appraised = verdict == SEVL_MATCH;
    for (unsigned check = 0; check < SEVL_SNP_CHECKS; check++)
        appraisal->state[check] = nondet_bool()   ? SEVL_SNP_PASSED
                                  : nondet_bool() ? SEVL_SNP_FAILED
                                                  : SEVL_SNP_NOT_MADE;
    return verdict;
}

static bool are_in_range(void)
{
    for (unsigned i = 0; i < TOKEN_CERTIFICATES; i++)
        if (given.sizes[i] == 0 || given.sizes[i] > TOKEN_CERTIFICATE_MAX)
            return false;
    return true;
}

static void prove_findings(uint32_t result)
{
    unsigned i = (unsigned)any_below(SEVL_SNP_CHECKS);
    PROVE(snp_mailbox.findings.fault < 256 && snp_mailbox.findings.failed >> SEVL_SNP_CHECKS == 0);
    PROVE(snp_mailbox.findings.not_made >> SEVL_SNP_CHECKS == 0);
    PROVE(result != SEVL_MATCH || snp_mailbox.findings.fault == 0);
    if (is_genuine) {
        enum sevl_snp_check_state state = work.u.report.appraisal.state[i];
        PROVE((snp_mailbox.findings.failed >> i & 1) == (state == SEVL_SNP_FAILED));
        PROVE((snp_mailbox.findings.not_made >> i & 1) == (state == SEVL_SNP_NOT_MADE));
    }
}

static void prove_examination(void)
{
    bool is_request = given.magic == TOKEN_SNP_MAGIC &&
                      (given.challenge == TOKEN_CHALLENGE || given.challenge == TOKEN_NO_CHALLENGE);

    uint32_t result = examine_request();

    REACHES(result == SEVL_MATCH && has_leaf && is_own_root && is_own_intermediate);
    REACHES(result == SEVL_MATCH && has_key);
    REACHES(result == SEVL_MISMATCH && is_genuine);
    REACHES(result == TOKEN_UNREADABLE && has_intermediate);
    PROVE((result == SEVL_MATCH) == is_appraised);
    PROVE(result != SEVL_MATCH || (reference_state == SEVL_OK && is_request && is_genuine));
    PROVE(result != SEVL_MATCH || reference.trust == REFERENCE_KEY || are_in_range());
    if (reference_state != SEVL_OK)
        PROVE(result == reference_state);
    else if (!is_request)
        PROVE(result == TOKEN_NO_REQUEST);
    else if (reference.trust == REFERENCE_CHAIN && !are_in_range())
        PROVE(result == TOKEN_OUT_OF_RANGE);
    else
        PROVE(result == SEVL_MATCH || result == SEVL_MISMATCH || result == TOKEN_UNREADABLE ||
              result == TOKEN_BROKEN);
    PROVE((result == TOKEN_UNREADABLE) == is_unreadable);
    prove_findings(result);
}

static void prove_copy(void)
{
    uint8_t from[4];
    uint8_t to[4];
    size_t size = any_below(sizeof from + 1);
    size_t i = any_below(sizeof from);
    uint8_t before = to[i];
    copy_in_itself(to, from, size);
    REACHES(size == sizeof from);
    PROVE(to[i] == (i < size ? from[i] : before));
}

int main(void)
{
    static const uint32_t states[] = {SEVL_OK, TOKEN_UNPROVISIONED, TOKEN_DAMAGED, TOKEN_BROKEN};
    __CPROVER_havoc_object((void *)&reference);
    __CPROVER_havoc_object(&given);
    __CPROVER_havoc_object(&work); /* an earlier examination left it */
    ASSUME(reference.trust == REFERENCE_CHAIN || reference.trust == REFERENCE_KEY);
    expected = nondet_u32();
    reference_state = states[any_below(4)];
    is_own_root = nondet_bool();
    is_own_intermediate = nondet_bool();
    if (CASE == 0)
        prove_examination();
    else
        prove_copy();
}
