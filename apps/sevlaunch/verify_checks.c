/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify_checks.h"

#include "crl_age.h"

static const struct row {
    const char *name;
    const char *protects;
} rows[VERIFY_CHECKS] = {
    [CHECK_ROOT] = {"root", "certificates of somebody who is not AMD"},
    [CHECK_INTERMEDIATE] = {"intermediate", "keys that AMD did not make for this"},
    [CHECK_REVOCATION] = {"revocation", "keys that AMD took back"},
    [CHECK_CRL_AGE] = {"crl-age", "a list from before AMD took a key back"},
    [CHECK_CERTIFICATE] = {"certificate", "keys that are not in a processor"},
    [CHECK_SIGNER] = {"signer", "a report that is not signed, or by another kind of key"},
    [CHECK_PRODUCT] = {"product", "the key of another kind of processor"},
    [CHECK_CERTIFICATE_TCB] = {"certificate-tcb", "the key of other firmware than is reported"},
    [CHECK_CERTIFICATE_CHIP] = {"certificate-chip", "the key of another processor"},
    [CHECK_SIGNATURE] = {"signature", "a report that somebody wrote or changed"},
    [CHECK_CLAIMS] = {"claims", "claims that the report does not vouch for"},
#define APPRAISAL(check) [GENUINE_CHECKS + SEVL_SNP_CHECK_##check]
    APPRAISAL(DATES) = {"dates", "certificates that expired"},
    APPRAISAL(VERSION) = {"report-version", "fields whose meaning is not known here"},
    APPRAISAL(MEASUREMENT) = {"measurement", "another guest than the one that was chosen"},
    APPRAISAL(REPORT_DATA) = {"report-data", "an old report, or one made for somebody else"},
    APPRAISAL(HOST_DATA) = {"host-data", "a configuration by the host that was not chosen"},
    APPRAISAL(ID_KEY_DIGEST) = {"id-key-digest", "an ID block of somebody else"},
    APPRAISAL(AUTHOR_KEY_DIGEST) = {"author-key-digest", "an ID key of somebody else"},
    APPRAISAL(FAMILY_ID) = {"family-id", "a guest of another family"},
    APPRAISAL(IMAGE_ID) = {"image-id", "a guest with another image"},
    APPRAISAL(GUEST_SVN) = {"guest-svn", "an old version of the guest"},
    APPRAISAL(VMPL) = {"vmpl", "a report for a part of the guest with less privilege"},
    APPRAISAL(CHIP_ID) = {"chip-id", "another processor"},
    APPRAISAL(PROVIDER_ID) = {"csp-id", "another cloud provider"},
    APPRAISAL(POLICY_FORM) = {"policy-form", "policy bits whose meaning is not known here"},
    APPRAISAL(POLICY_DEBUG) = {"policy-debug", "a host that reads the guest's memory"},
    APPRAISAL(POLICY_MIGRATION) = {"policy-migration", "a migration agent that reads the guest"},
    APPRAISAL(POLICY_BITS) = {"policy", "a launch under weaker rules"},
    APPRAISAL(PLATFORM_BITS) = {"platform", "a host that is set up in a weaker way"},
    APPRAISAL(TCB_ORDER) = {"tcb-order", "firmware that claims to be newer than it is"},
    APPRAISAL(REPORTED_TCB) = {"reported-tcb", "the key of old firmware"},
    APPRAISAL(COMMITTED_TCB) = {"committed-tcb", "a return to old firmware"},
    APPRAISAL(LAUNCH_TCB) = {"launch-tcb", "a launch by old firmware"},
    APPRAISAL(CURRENT_TCB) = {"current-tcb", "old firmware that runs"},
    APPRAISAL(FIRMWARE) = {"firmware", "a return to an old version of the firmware"},
};

const char *verify_check_name(unsigned check)
{
    return rows[check].name;
}

const char *verify_check_protects(unsigned check)
{
    return rows[check].protects;
}

const char *verify_product_name(enum sevl_snp_product product)
{
    switch (product) {
    case SEVL_SNP_MILAN:
        return "Milan";
    case SEVL_SNP_GENOA:
        return "Genoa";
    default:
        return "Turin";
    }
}

const char *verify_kind_name(enum sevl_snp_certificate_kind kind)
{
    static const char *const names[] = {
        [SEVL_SNP_ARK] = "ARK",   [SEVL_SNP_ASK] = "ASK",   [SEVL_SNP_ASVK] = "ASVK",
        [SEVL_SNP_VCEK] = "VCEK", [SEVL_SNP_VLEK] = "VLEK",
    };
    return names[kind];
}

void verify_missing(const struct key_search *search, const char *parts[VERIFY_MISSING_PARTS])
{
    size_t used = 0;
    if (search->fault == KEY_NO_LEAF) {
        parts[used++] = "the ";
        parts[used++] = verify_kind_name(search->kind);
        parts[used++] = " that signed the report";
    } else if (search->fault == KEY_NO_ROOT) {
        parts[used++] = "the root ARK-";
        parts[used++] = verify_product_name(search->product);
    } else { /* KEY_NO_INTERMEDIATE */
        parts[used++] =
            search->kind == SEVL_SNP_VLEK ? "the certificate SEV-VLEK-" : "the certificate SEV-";
        parts[used++] = verify_product_name(search->product);
        parts[used++] = ", which signs a ";
        parts[used++] = verify_kind_name(search->kind);
    }
    parts[used] = NULL;
}

/* The check that a fault of a report is one of. */
static unsigned check_of_report_fault(enum sevl_snp_report_fault fault)
{
    switch (fault) {
    case SEVL_SNP_REPORT_UNSIGNED:
    case SEVL_SNP_REPORT_SIGNER:
        return CHECK_SIGNER;
    case SEVL_SNP_REPORT_PRODUCT:
        return CHECK_PRODUCT;
    case SEVL_SNP_REPORT_TCB:
        return CHECK_CERTIFICATE_TCB;
    case SEVL_SNP_REPORT_CHIP:
        return CHECK_CERTIFICATE_CHIP;
    default:
        return CHECK_SIGNATURE;
    }
}

/* The check that failed; GENUINE_CHECKS: none. */
static unsigned failed_check(const struct key_search *search)
{
    switch (search->fault) {
    case KEY_INTERMEDIATE_SIGNATURE:
    case KEY_INTERMEDIATE_UNTRUSTED:
        return CHECK_INTERMEDIATE;
    case KEY_CRL_SIGNATURE:
    case KEY_CRL_DATES:
    case KEY_REVOKED:
        return CHECK_REVOCATION;
    case KEY_LEAF_SIGNATURE:
        return CHECK_CERTIFICATE;
    case KEY_REPORT:
        return check_of_report_fault(search->report_fault);
    case KEY_FOUND:
        return GENUINE_CHECKS;
    default: /* KEY_ROOT_UNTRUSTED, KEY_ROOT_SIGNATURE */
        return CHECK_ROOT;
    }
}

/* Whether a check before the one that failed was not made. */
static bool is_skipped(const struct key_search *search, unsigned check)
{
    if (search->is_known && check < CHECK_SIGNER)
        return true; /* no certificate was looked at */
    if (check == CHECK_REVOCATION)
        return !search->has_crl;
    if (search->fault == KEY_REPORT && search->report_fault == SEVL_SNP_REPORT_UNSIGNED)
        return true; /* nothing else was looked at */
    return check == CHECK_INTERMEDIATE &&
           (search->fault == KEY_CRL_SIGNATURE || search->fault == KEY_CRL_DATES);
}

static enum sevl_snp_check_state genuine_state(const struct verify_evidence *evidence,
                                               unsigned check)
{
    unsigned failed = failed_check(evidence->search);
    if (check == failed)
        return SEVL_SNP_FAILED;
    if (check > failed || is_skipped(evidence->search, check))
        return SEVL_SNP_NOT_MADE;
    return SEVL_SNP_PASSED;
}

static enum sevl_snp_check_state claims_state(const struct verify_evidence *evidence)
{
    if (evidence->claims == SEVL_MATCH)
        return SEVL_SNP_PASSED;
    return evidence->claims == SEVL_MISMATCH ? SEVL_SNP_FAILED : SEVL_SNP_NOT_MADE;
}

/* Of a report that is not genuine, it is of no interest. */
static enum sevl_snp_check_state crl_age_state(const struct verify_evidence *evidence)
{
    if (!evidence->request->has_crl_age || evidence->search->fault != KEY_FOUND)
        return SEVL_SNP_NOT_MADE;
    bool holds = crl_age_holds(evidence->request, evidence->search);
    return holds ? SEVL_SNP_PASSED : SEVL_SNP_FAILED;
}

enum sevl_snp_check_state verify_check_state(const struct verify_evidence *evidence, unsigned check)
{
    if (check == CHECK_CRL_AGE)
        return crl_age_state(evidence);
    if (check == CHECK_CLAIMS)
        return claims_state(evidence);
    if (check < GENUINE_CHECKS)
        return genuine_state(evidence, check);
    return evidence->appraisal->state[check - GENUINE_CHECKS];
}
