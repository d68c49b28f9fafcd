/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What each check compared, as text. */
#include "cli/text.h"
#include "crl_age.h"
#include "moment.h"
#include "tcb_parts.h"
#include "verify_checks.h"

/* A text that grows in memory of VERIFY_TEXT_SIZE; what does not fit is left out. */
struct writer {
    char *text;
    size_t length;
};

static void put_text(struct writer *writer, const char *text)
{
    for (; *text != '\0' && writer->length + 1 < VERIFY_TEXT_SIZE; text++)
        writer->text[writer->length++] = *text;
    writer->text[writer->length] = '\0';
}

static void put_number(struct writer *writer, uint64_t number)
{
    put_text(writer, text_decimal(number).text);
}

static void put_bits(struct writer *writer, uint64_t bits)
{
    put_text(writer, text_hexadecimal(bits).text);
}

static void put_bytes(struct writer *writer, const uint8_t *bytes, size_t size)
{
    char digits[3];
    for (size_t i = 0; i < size; i++) {
        text_from_bytes(digits, bytes + i, 1);
        put_text(writer, digits);
    }
}

static void put_time(struct writer *writer, uint64_t seconds)
{
    put_text(writer, moment_to_text(seconds).text);
}

static void put_validity(struct writer *writer, const struct sevl_snp_validity *validity)
{
    put_time(writer, validity->first);
    put_text(writer, " to ");
    put_time(writer, validity->last);
}

static void put_version(struct writer *writer, const struct sevl_snp_firmware_version *version)
{
    put_number(writer, version->major);
    put_text(writer, ".");
    put_number(writer, version->minor);
    put_text(writer, ".");
    put_number(writer, version->build);
}

static void put_tcb(struct writer *writer, const struct sevl_snp_tcb *tcb, bool has_fmc)
{
    struct tcb_part parts[TCB_PARTS];
    size_t count = tcb_parts_list(parts, tcb, has_fmc);
    for (size_t i = 0; i < count; i++) {
        put_text(writer, i == 0 ? "" : ",");
        put_text(writer, parts[i].name);
        put_text(writer, "=");
        put_number(writer, parts[i].value);
    }
}

/* One of a report; its bytes, if they are no TCB of the product. */
static void put_tcb_bytes(struct writer *writer, const uint8_t *bytes,
                          enum sevl_snp_product product)
{
    struct sevl_snp_tcb tcb;
    if (sevl_snp_tcb_read(&tcb, product, bytes) == SEVL_OK)
        put_tcb(writer, &tcb, product == SEVL_SNP_TURIN);
    else
        put_bytes(writer, bytes, SEVL_SNP_TCB_SIZE);
}

/* Both sides of a comparison. */
struct sides {
    struct writer expected;
    struct writer actual;
};

static void put_both(struct sides *sides, const uint8_t *expected, const uint8_t *actual,
                     size_t size)
{
    put_bytes(&sides->expected, expected, size);
    put_bytes(&sides->actual, actual, size);
}

static void put_measurement(struct sides *sides, const struct verify_request *request,
                            const struct sevl_snp_report *report)
{
    uint64_t count = request->reference_values + request->guest_values +
                     cli_count(request->arguments, VERIFY_OPTION_MEASUREMENT);
    if (count == 1) {
        put_bytes(&sides->expected, request->expectations.measurements[0],
                  SEVL_SNP_LAUNCH_DIGEST_SIZE);
    } else {
        put_text(&sides->expected, "one of ");
        put_number(&sides->expected, count);
        put_text(&sides->expected, " values");
    }
    put_bytes(&sides->actual, report->measurement, SEVL_SNP_LAUNCH_DIGEST_SIZE);
}

static void put_report_data(struct sides *sides, const struct verify_request *request,
                            const struct sevl_snp_report *report)
{
    if (cli_has(request->arguments, VERIFY_OPTION_REPORT_DATA_HASH))
        put_text(&sides->expected, "the SHA-256, SHA-384 or SHA-512 of the file, then zeros");
    else
        put_bytes(&sides->expected, request->expectations.report_data, 64);
    put_bytes(&sides->actual, report->report_data, 64);
}

/* Whether all that a word asks for is wanted. */
static bool is_asked_for(const struct verify_requirement *requirement,
                         const struct sevl_snp_bits *wanted)
{
    return (requirement->bits.required & ~wanted->required) == 0 &&
           (requirement->bits.refused & ~wanted->refused) == 0;
}

/* The words of what is asked for, of the policy or of the platform. */
static void put_requirements(struct sides *sides, bool is_of_policy,
                             const struct sevl_snp_bits *wanted, uint64_t bits)
{
    for (size_t i = 0; verify_requirements[i].word != NULL; i++) {
        const struct verify_requirement *requirement = &verify_requirements[i];
        if (requirement->is_of_policy != is_of_policy || !is_asked_for(requirement, wanted))
            continue;
        if (sides->expected.length > 0)
            put_text(&sides->expected, ",");
        put_text(&sides->expected, requirement->word);
    }
    put_bits(&sides->actual, bits);
}

static void put_vmpl(struct sides *sides, uint32_t expected, uint32_t actual)
{
    put_number(&sides->expected, expected);
    if (actual == SEVL_SNP_VMPL_HOST)
        put_text(&sides->actual, "none: the host asked for the report");
    else
        put_number(&sides->actual, actual);
}

static void put_tcb_order(struct sides *sides, const struct sevl_snp_report *report,
                          enum sevl_snp_product product)
{
    put_text(&sides->expected, "no part of the reported TCB above the committed one, nor of this "
                               "above the current one");
    put_text(&sides->actual, "reported ");
    put_tcb_bytes(&sides->actual, report->reported_tcb, product);
    put_text(&sides->actual, ", committed ");
    put_tcb_bytes(&sides->actual, report->committed_tcb, product);
    put_text(&sides->actual, ", current ");
    put_tcb_bytes(&sides->actual, report->current_tcb, product);
}

static void put_tcb_min(struct sides *sides, const struct sevl_snp_tcb *minimum,
                        const uint8_t *bytes, enum sevl_snp_product product)
{
    put_tcb(&sides->expected, minimum, product == SEVL_SNP_TURIN || minimum->fmc != 0);
    put_text(&sides->expected, " or more");
    put_tcb_bytes(&sides->actual, bytes, product);
}

static void put_provider(struct sides *sides, const struct sevl_bytes *expected,
                         const struct sevl_snp_key *key)
{
    char character[2] = "";
    for (size_t i = 0; i < expected->size; i++) {
        character[0] = (char)expected->bytes[i];
        put_text(&sides->expected, character);
    }
    if (key->kind == SEVL_SNP_VCEK)
        put_text(&sides->actual, "none: a VCEK signed the report");
    for (size_t i = 0; key->kind == SEVL_SNP_VLEK && i < key->id_size; i++) {
        character[0] = (char)key->id[i];
        put_text(&sides->actual, character);
    }
}

static void put_chip(struct sides *sides, const struct sevl_snp_expectations *expectations,
                     const struct verify_evidence *evidence)
{
    put_bytes(&sides->expected, expectations->chip_id, sizeof expectations->chip_id);
    if (evidence->search->key.kind == SEVL_SNP_VLEK)
        put_text(&sides->actual, "none: a VLEK signed the report");
    else
        put_bytes(&sides->actual, evidence->file->report.chip_id, sizeof expectations->chip_id);
}

static void put_policy(struct sides *sides, const char *expected, uint64_t policy)
{
    put_text(&sides->expected, expected);
    put_bits(&sides->actual, policy);
}

/* Of the checks that compare bytes and numbers alone. Returns false for another one. */
static bool put_plain(struct sides *sides, enum sevl_snp_check check,
                      const struct sevl_snp_expectations *expectations,
                      const struct sevl_snp_report *report)
{
    switch (check) {
    case SEVL_SNP_CHECK_HOST_DATA:
        put_both(sides, expectations->host_data, report->host_data, 32);
        return true;
    case SEVL_SNP_CHECK_ID_KEY_DIGEST:
        put_both(sides, expectations->id_key_digest, report->id_key_digest, 48);
        return true;
    case SEVL_SNP_CHECK_AUTHOR_KEY_DIGEST:
        put_both(sides, expectations->author_key_digest, report->author_key_digest, 48);
        return true;
    case SEVL_SNP_CHECK_FAMILY_ID:
        put_both(sides, expectations->family_id, report->family_id, 16);
        return true;
    case SEVL_SNP_CHECK_IMAGE_ID:
        put_both(sides, expectations->image_id, report->image_id, 16);
        return true;
    case SEVL_SNP_CHECK_GUEST_SVN:
        put_number(&sides->expected, expectations->guest_svn_min);
        put_text(&sides->expected, " or more");
        put_number(&sides->actual, report->guest_svn);
        return true;
    case SEVL_SNP_CHECK_FIRMWARE:
        put_version(&sides->expected, &expectations->firmware_min);
        put_text(&sides->expected, " or later");
        put_version(&sides->actual, &report->committed_version);
        return true;
    default:
        return false;
    }
}

static bool put_of_policy(struct sides *sides, enum sevl_snp_check check,
                          const struct sevl_snp_expectations *expectations,
                          const struct sevl_snp_report *report)
{
    switch (check) {
    case SEVL_SNP_CHECK_POLICY_FORM:
        put_policy(sides, "bit 17 set, and none above bit 25", report->policy);
        return true;
    case SEVL_SNP_CHECK_POLICY_DEBUG:
        put_policy(sides, "no debugging: bit 19 clear", report->policy);
        return true;
    case SEVL_SNP_CHECK_POLICY_MIGRATION:
        put_policy(sides, "no migration agent: bit 18 clear", report->policy);
        return true;
    case SEVL_SNP_CHECK_POLICY_BITS:
        put_requirements(sides, true, &expectations->policy, report->policy);
        return true;
    case SEVL_SNP_CHECK_PLATFORM_BITS:
        put_requirements(sides, false, &expectations->platform, report->platform_info);
        return true;
    default:
        return false;
    }
}

static void put_appraised(struct sides *sides, enum sevl_snp_check check,
                          const struct verify_evidence *evidence)
{
    const struct sevl_snp_expectations *expectations = &evidence->request->expectations;
    const struct sevl_snp_report *report = &evidence->file->report;
    const struct sevl_snp_key *key = &evidence->search->key;
    if (put_plain(sides, check, expectations, report) ||
        put_of_policy(sides, check, expectations, report))
        return;
    switch (check) {
    case SEVL_SNP_CHECK_DATES:
        put_text(&sides->expected, "certificates that are valid at ");
        put_time(&sides->expected, expectations->time);
        put_text(&sides->actual, "some that are from ");
        put_validity(&sides->actual, &key->validity);
        break;
    case SEVL_SNP_CHECK_VERSION:
        put_text(&sides->expected, expectations->allows_version_6 ? "2 to 6" : "2 to 5");
        put_number(&sides->actual, report->version);
        break;
    case SEVL_SNP_CHECK_REPORT_DATA:
        put_report_data(sides, evidence->request, report);
        break;
    case SEVL_SNP_CHECK_MEASUREMENT:
        put_measurement(sides, evidence->request, report);
        break;
    case SEVL_SNP_CHECK_VMPL:
        put_vmpl(sides, expectations->vmpl, report->vmpl);
        break;
    case SEVL_SNP_CHECK_CHIP_ID:
        put_chip(sides, expectations, evidence);
        break;
    case SEVL_SNP_CHECK_PROVIDER_ID:
        put_provider(sides, &expectations->provider_id, key);
        break;
    case SEVL_SNP_CHECK_TCB_ORDER:
        put_tcb_order(sides, report, key->product);
        break;
    case SEVL_SNP_CHECK_REPORTED_TCB:
        put_tcb_min(sides, &expectations->tcb_min, report->reported_tcb, key->product);
        break;
    case SEVL_SNP_CHECK_COMMITTED_TCB:
        put_tcb_min(sides, &expectations->tcb_min, report->committed_tcb, key->product);
        break;
    case SEVL_SNP_CHECK_LAUNCH_TCB:
        put_tcb_min(sides, &expectations->tcb_min, report->launch_tcb, key->product);
        break;
    default: /* SEVL_SNP_CHECK_CURRENT_TCB */
        put_tcb_min(sides, &expectations->tcb_min, report->current_tcb, key->product);
        break;
    }
}

static const char *trust_text(enum sevl_snp_trust trust)
{
    switch (trust) {
    case SEVL_SNP_TRUST_PIN:
        return "a key of AMD's that is pinned";
    case SEVL_SNP_TRUST_OWN_PIN:
        return "a key of --ark-fingerprint";
    case SEVL_SNP_TRUST_CRL:
        return "a key that the root signed and a list in date does not name";
    case SEVL_SNP_TRUST_ALLOWED:
        return "a key that the root signed, for which nobody vouches";
    default:
        return "";
    }
}

static void put_certificate_name(struct writer *writer, const char *kind,
                                 const struct key_search *search)
{
    put_text(writer, kind);
    put_text(writer, verify_product_name(search->product));
}

static void put_root(struct sides *sides, const struct key_search *search)
{
    put_certificate_name(&sides->expected, "a pinned key, as that of ARK-", search);
    if (search->fault == KEY_ROOT_UNTRUSTED)
        put_text(&sides->actual,
                 "a key that is not pinned (--ark-fingerprint trusts another root)");
    else if (search->fault == KEY_ROOT_SIGNATURE)
        put_text(&sides->actual, "a certificate that its own key did not sign");
    else
        put_text(&sides->actual, trust_text(search->root_trust));
}

static void put_intermediate(struct sides *sides, const struct key_search *search)
{
    put_certificate_name(&sides->expected, search->kind == SEVL_SNP_VLEK ? "SEV-VLEK-" : "SEV-",
                         search);
    put_text(&sides->expected, ", signed by the root, with a pinned key");
    if (search->fault == KEY_INTERMEDIATE_SIGNATURE)
        put_text(&sides->actual, "a certificate that the root did not sign");
    else if (search->fault == KEY_INTERMEDIATE_UNTRUSTED)
        put_text(&sides->actual, "a key that is not pinned, without a --crl in date that does not "
                                 "name it (--allow-unpinned-intermediate takes it)");
    else
        put_text(&sides->actual, trust_text(search->intermediate_trust));
}

static void put_revocation(struct sides *sides, const struct verify_evidence *evidence)
{
    const struct key_search *search = evidence->search;
    put_text(&sides->expected, "a list of the root, in date, that does not name the intermediate");
    if (search->fault == KEY_CRL_SIGNATURE)
        put_text(&sides->actual, "a list that the root did not sign");
    else if (search->fault == KEY_REVOKED)
        put_text(&sides->actual, "AMD revoked the intermediate");
    else {
        put_text(&sides->actual, "one that is in date from ");
        put_validity(&sides->actual, &search->crl);
    }
}

static void put_crl_age(struct sides *sides, const struct verify_evidence *evidence)
{
    put_text(&sides->expected, "a list in date that is of ");
    put_time(&sides->expected, crl_age_first(evidence->request));
    put_text(&sides->expected, " or later");
    if (evidence->search->is_known)
        put_text(&sides->actual, "none: no list is looked at for a key that is known");
    else if (!evidence->search->has_crl)
        put_text(&sides->actual, "none (--crl names one)");
    else
        put_time(&sides->actual, evidence->search->crl.first);
}

static void put_leaf(struct sides *sides, const struct key_search *search)
{
    put_text(&sides->expected, "a ");
    put_text(&sides->expected, verify_kind_name(search->kind));
    put_text(&sides->expected, " that the intermediate signed");
    put_text(&sides->actual, search->fault == KEY_LEAF_SIGNATURE
                                 ? "a certificate that it did not sign, or not as it stands here"
                                 : "one that it signed");
}

static void put_signer(struct sides *sides, const struct verify_evidence *evidence)
{
    const struct sevl_snp_report *report = &evidence->file->report;
    put_text(&sides->expected, verify_kind_name(evidence->search->kind));
    if (evidence->search->fault == KEY_REPORT &&
        evidence->search->report_fault == SEVL_SNP_REPORT_UNSIGNED)
        put_text(&sides->actual, "a report that is not signed");
    else if (report->signer == SEVL_SNP_SIGNER_VCEK || report->signer == SEVL_SNP_SIGNER_VLEK)
        put_text(&sides->actual, report->signer == SEVL_SNP_SIGNER_VCEK ? "VCEK" : "VLEK");
    else
        put_number(&sides->actual, report->signer);
}

static void put_product(struct sides *sides, const struct verify_evidence *evidence)
{
    const struct sevl_snp_report *report = &evidence->file->report;
    enum sevl_snp_product product;
    put_text(&sides->expected, verify_product_name(evidence->search->product));
    if (!report->has_cpuid) {
        put_text(&sides->actual, "a report of version 2, which does not tell");
        return;
    }
    if (sevl_snp_report_product(report, &product) == SEVL_OK)
        put_text(&sides->actual, verify_product_name(product));
    else
        put_text(&sides->actual, "another product");
    put_text(&sides->actual, ", family ");
    put_number(&sides->actual, report->cpuid_family);
    put_text(&sides->actual, " model ");
    put_number(&sides->actual, report->cpuid_model);
}

static void put_certificate_tcb(struct sides *sides, const struct verify_evidence *evidence)
{
    const struct sevl_snp_key *key = &evidence->search->key;
    put_tcb(&sides->expected, &key->tcb, key->product == SEVL_SNP_TURIN);
    put_tcb_bytes(&sides->actual, evidence->file->report.reported_tcb, key->product);
}

static void put_certificate_chip(struct sides *sides, const struct verify_evidence *evidence)
{
    const struct sevl_snp_key *key = &evidence->search->key;
    if (key->kind == SEVL_SNP_VCEK)
        put_bytes(&sides->expected, key->id, key->id_size);
    else
        put_text(&sides->expected, "none, as the key is a VLEK");
    put_bytes(&sides->actual, evidence->file->report.chip_id, sizeof key->id);
}

static void put_signature(struct sides *sides, const struct key_search *search)
{
    put_text(&sides->expected, "a signature by the key of the certificate");
    if (search->fault == KEY_FOUND)
        put_text(&sides->actual, "one");
    else if (search->report_fault == SEVL_SNP_REPORT_KEY)
        put_text(&sides->actual, "a certificate whose key is no point of P-384");
    else
        put_text(&sides->actual, "another one: the report was changed, or somebody else signed it");
}

static void put_genuine(struct sides *sides, enum genuine_check check,
                        const struct verify_evidence *evidence)
{
    switch (check) {
    case CHECK_ROOT:
        put_root(sides, evidence->search);
        break;
    case CHECK_INTERMEDIATE:
        put_intermediate(sides, evidence->search);
        break;
    case CHECK_REVOCATION:
        put_revocation(sides, evidence);
        break;
    case CHECK_CRL_AGE:
        put_crl_age(sides, evidence);
        break;
    case CHECK_CERTIFICATE:
        put_leaf(sides, evidence->search);
        break;
    case CHECK_SIGNER:
        put_signer(sides, evidence);
        break;
    case CHECK_PRODUCT:
        put_product(sides, evidence);
        break;
    case CHECK_CERTIFICATE_TCB:
        put_certificate_tcb(sides, evidence);
        break;
    case CHECK_CERTIFICATE_CHIP:
        put_certificate_chip(sides, evidence);
        break;
    case CHECK_SIGNATURE:
        put_signature(sides, evidence->search);
        break;
    default: /* CHECK_CLAIMS */
        put_text(&sides->expected, "the hash of the claims");
        put_bytes(&sides->actual, evidence->file->report.report_data, 64);
        break;
    }
}

void verify_check_values(const struct verify_evidence *evidence, unsigned check,
                         struct verify_values *values)
{
    struct sides sides = {{values->expected, 0}, {values->actual, 0}};
    values->expected[0] = '\0';
    values->actual[0] = '\0';
    if (check < GENUINE_CHECKS)
        put_genuine(&sides, (enum genuine_check)check, evidence);
    else
        put_appraised(&sides, (enum sevl_snp_check)(check - GENUINE_CHECKS), evidence);
}
