/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_appraise, for any report, key and expectations with up to two measurements: each check
 * tells what it is to tell; and, whatever they tell, it is a match only if the report was verified,
 * every check that is made always or is expected passed, and the measurement was one of them, or
 * none is expected. No other check is made.
 */
#include "proof.h"

#include <core/snp/appraisal.c>
#include <core/snp/report.c>
#include <core/snp/tcb.c>

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size));
    uint8_t difference = 0;
    for (size_t i = 0; i < size; i++)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

bool sevl_snp_is_valid_at(const struct sevl_snp_validity *validity, uint64_t time)
{
    return validity->first <= time && time <= validity->last;
}

static bool same(const uint8_t *a, const uint8_t *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static bool has_bits(uint64_t bits, const struct sevl_snp_bits *wanted)
{
    return (~bits & wanted->required) == 0 && (bits & wanted->refused) == 0;
}

static bool no_less(const struct sevl_snp_key *key, const uint8_t *bytes,
                    const struct sevl_snp_tcb *minimum)
{
    struct sevl_snp_tcb tcb;
    return sevl_snp_tcb_read(&tcb, key->product, bytes) == SEVL_OK &&
           sevl_snp_tcb_is_at_least(&tcb, minimum);
}

static bool in_order(const struct sevl_snp_report *report, const struct sevl_snp_key *key)
{
    struct sevl_snp_tcb reported, committed, current;
    return sevl_snp_tcb_read(&reported, key->product, report->reported_tcb) == SEVL_OK &&
           sevl_snp_tcb_read(&committed, key->product, report->committed_tcb) == SEVL_OK &&
           sevl_snp_tcb_read(&current, key->product, report->current_tcb) == SEVL_OK &&
           sevl_snp_tcb_is_at_least(&committed, &reported) &&
           sevl_snp_tcb_is_at_least(&current, &committed);
}

static bool is_version(const struct sevl_snp_firmware_version *a,
                       const struct sevl_snp_firmware_version *b)
{
    if (a->major != b->major)
        return a->major > b->major;
    if (a->minor != b->minor)
        return a->minor > b->minor;
    return a->build >= b->build;
}

/* What each check is to tell. */
static bool right(int check, const struct sevl_snp_report *report, const struct sevl_snp_key *key,
                  const struct sevl_snp_expectations *e)
{
    switch (check) {
    case SEVL_SNP_CHECK_DATES:
        return key->validity.first <= e->time && e->time <= key->validity.last;
    case SEVL_SNP_CHECK_VERSION:
        return report->version < 6 || (report->version == 6 && e->allows_version_6);
    case SEVL_SNP_CHECK_MEASUREMENT:
        return (e->measurement_count > 0 && same(report->measurement, e->measurements[0], 48)) ||
               (e->measurement_count > 1 && same(report->measurement, e->measurements[1], 48));
    case SEVL_SNP_CHECK_REPORT_DATA:
        return same(report->report_data, e->report_data, 64);
    case SEVL_SNP_CHECK_HOST_DATA:
        return same(report->host_data, e->host_data, 32);
    case SEVL_SNP_CHECK_ID_KEY_DIGEST:
        return same(report->id_key_digest, e->id_key_digest, 48);
    case SEVL_SNP_CHECK_AUTHOR_KEY_DIGEST:
        return report->has_author_key && same(report->author_key_digest, e->author_key_digest, 48);
    case SEVL_SNP_CHECK_FAMILY_ID:
        return same(report->family_id, e->family_id, 16);
    case SEVL_SNP_CHECK_IMAGE_ID:
        return same(report->image_id, e->image_id, 16);
    case SEVL_SNP_CHECK_GUEST_SVN:
        return report->guest_svn >= e->guest_svn_min;
    case SEVL_SNP_CHECK_VMPL:
        return report->vmpl == e->vmpl;
    case SEVL_SNP_CHECK_CHIP_ID:
        return key->kind == SEVL_SNP_VCEK && same(report->chip_id, e->chip_id, 64);
    case SEVL_SNP_CHECK_PROVIDER_ID:
        return key->kind == SEVL_SNP_VLEK && key->id_size == e->provider_id.size &&
               same(key->id, e->provider_id.bytes, key->id_size);
    case SEVL_SNP_CHECK_POLICY_FORM:
        return (report->policy >> 17 & 1) == 1 && report->policy >> 26 == 0;
    case SEVL_SNP_CHECK_POLICY_DEBUG:
        return (report->policy >> 19 & 1) == 0 || e->allows_debug;
    case SEVL_SNP_CHECK_POLICY_MIGRATION:
        return (report->policy >> 18 & 1) == 0 || e->allows_migration;
    case SEVL_SNP_CHECK_POLICY_BITS:
        return has_bits(report->policy, &e->policy);
    case SEVL_SNP_CHECK_PLATFORM_BITS:
        return has_bits(report->platform_info, &e->platform);
    case SEVL_SNP_CHECK_TCB_ORDER:
        return in_order(report, key);
    case SEVL_SNP_CHECK_REPORTED_TCB:
        return no_less(key, report->reported_tcb, &e->tcb_min);
    case SEVL_SNP_CHECK_COMMITTED_TCB:
        return no_less(key, report->committed_tcb, &e->tcb_min);
    case SEVL_SNP_CHECK_LAUNCH_TCB:
        return no_less(key, report->launch_tcb, &e->tcb_min);
    case SEVL_SNP_CHECK_CURRENT_TCB:
        return no_less(key, report->current_tcb, &e->tcb_min);
    default:
        return is_version(&report->committed_version, &e->firmware_min);
    }
}

static struct sevl_snp_report any_report(const uint8_t *b)
{
    struct sevl_snp_report report;
    report.has_author_key = nondet_bool();
    report.version = nondet_u32();
    ASSUME(report.version >= 2); /* as sevl_snp_report_read() leaves it */
    report.bytes = b;
    set_fields(&report, b);
    report.verdict = nondet_bool() ? SEVL_MATCH : nondet_bool() ? SEVL_MISMATCH : SEVL_ERROR_STATE;
    return report;
}

/* Each for both products. After the last one there is the verdict. */
#define CHECK (CASE / 2)

static const struct sevl_snp_report *the_report;
static const struct sevl_snp_key *the_key;
static const struct sevl_snp_expectations *the_expectations;
static bool told[SEVL_SNP_CHECKS];

bool holds(unsigned check, const struct subject *subject)
{
    PROVE(subject->report == the_report && subject->key == the_key);
    PROVE(subject->expectations == the_expectations && check < SEVL_SNP_CHECKS);
    return told[check];
}

static void prove_check(void)
{
    const struct subject subject = {the_report, the_key, the_expectations};
    bool is_right = right(CHECK, the_report, the_key, the_expectations);
    REACHES(is_right);
    REACHES(!is_right);
    PROVE(holds_itself(CHECK, &subject) == is_right);
}

static void prove_states(const struct sevl_snp_appraisal *appraisal, enum sevl_result result)
{
    bool all = the_expectations->without_measurement ||
               appraisal->state[SEVL_SNP_CHECK_MEASUREMENT] == SEVL_SNP_PASSED;
    for (int i = 0; i < SEVL_SNP_CHECKS; i++) {
        bool made = ((SEVL_SNP_CHECKS_ALWAYS | the_expectations->expected) >> i & 1) == 1;
        enum sevl_snp_check_state state = told[i] ? SEVL_SNP_PASSED : SEVL_SNP_FAILED;
        PROVE(appraisal->state[i] == (made ? state : SEVL_SNP_NOT_MADE));
        if (made && !told[i])
            all = false;
    }
    PROVE(result == (all ? SEVL_MATCH : SEVL_MISMATCH));
}

static void prove_verdict(void)
{
    struct sevl_snp_appraisal appraisal;
    for (int i = 0; i < SEVL_SNP_CHECKS; i++)
        told[i] = nondet_bool();

    enum sevl_result result = sevl_snp_appraise(the_report, the_key, the_expectations, &appraisal);

    REACHES(result == SEVL_MATCH && !the_expectations->without_measurement);
    REACHES(result == SEVL_MATCH && the_expectations->without_measurement);
    REACHES(result == SEVL_MISMATCH);
    if (the_report->verdict == SEVL_MATCH) {
        prove_states(&appraisal, result);
        return;
    }
    PROVE(result == SEVL_ERROR_STATE);
    PROVE(appraisal.state[any_below(SEVL_SNP_CHECKS)] == SEVL_SNP_NOT_MADE);
}

int main(void)
{
    static const enum sevl_snp_certificate_kind kinds[] = {SEVL_SNP_VCEK, SEVL_SNP_VLEK};
    static const enum sevl_snp_product products[] = {SEVL_SNP_MILAN, SEVL_SNP_TURIN};
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    uint8_t provider[4];
    uint8_t measurements[2][48];
    struct sevl_snp_report report = any_report(bytes);
    struct sevl_snp_key key;
    struct sevl_snp_expectations expectations;
    key.kind = kinds[any_below(2)];
    key.product = products[CASE % 2];
    key.id_size = (uint8_t)any_below(5);
    expectations.provider_id = (struct sevl_bytes){provider, any_below(5)};
    expectations.measurements = (const uint8_t(*)[48])measurements;
    expectations.measurement_count = any_below(3);
    expectations.expected &= SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECKS) - 1;
    expectations.without_measurement = nondet_bool();
    expectations.allows_debug = nondet_bool();
    expectations.allows_migration = nondet_bool();
    expectations.allows_version_6 = nondet_bool();
    the_report = &report;
    the_key = &key;
    the_expectations = &expectations;
    if (CHECK < SEVL_SNP_CHECKS)
        prove_check();
    else
        prove_verdict();
}
