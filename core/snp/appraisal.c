/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/appraisal.h"

#include "base/compiler.h"
#include "crypto/constant_time.h"
#include "snp/report_layout.h"

/* Bits of a policy that have a meaning: the others must be 0. */
#define POLICY_BITS UINT64_C(0x3ffffff)

/* What a check looks at. */
struct subject {
    const struct sevl_snp_report *report;
    const struct sevl_snp_key *key;
    const struct sevl_snp_expectations *expectations;
};

static bool dates_hold(const struct subject *subject)
{
    return sevl_snp_is_valid_at(&subject->key->validity, subject->expectations->time);
}

static bool version_holds(const struct subject *subject)
{
    uint32_t last = subject->expectations->allows_version_6 ? 6 : 5;
    return subject->report->version <= last;
}

static bool measurement_holds(const struct subject *subject)
{
    const struct sevl_snp_expectations *expectations = subject->expectations;
    for (size_t i = 0; i < expectations->measurement_count; i++)
        if (sevl_constant_time_equal(subject->report->measurement, expectations->measurements[i],
                                     sizeof expectations->measurements[i]))
            return true;
    return false;
}

/* A field that has to equal what is expected. */
#define FIELD(at, member)                                              \
    {                                                                  \
        at, offsetof(struct sevl_snp_expectations, member),            \
            sizeof(((const struct sevl_snp_expectations *)0)->member), \
    }
#define FIELD_OF(check) [(check)-SEVL_SNP_CHECK_REPORT_DATA]
static const struct field {
    uint16_t at; /* in a report */
    uint16_t expected;
    uint8_t size;
} fields[] = {
    FIELD_OF(SEVL_SNP_CHECK_REPORT_DATA) = FIELD(REPORT_DATA, report_data),
    FIELD_OF(SEVL_SNP_CHECK_HOST_DATA) = FIELD(HOST_DATA, host_data),
    FIELD_OF(SEVL_SNP_CHECK_ID_KEY_DIGEST) = FIELD(ID_KEY_DIGEST, id_key_digest),
    FIELD_OF(SEVL_SNP_CHECK_AUTHOR_KEY_DIGEST) = FIELD(AUTHOR_KEY_DIGEST, author_key_digest),
    FIELD_OF(SEVL_SNP_CHECK_FAMILY_ID) = FIELD(FAMILY_ID, family_id),
    FIELD_OF(SEVL_SNP_CHECK_IMAGE_ID) = FIELD(IMAGE_ID, image_id),
    FIELD_OF(SEVL_SNP_CHECK_CHIP_ID) = FIELD(CHIP_ID, chip_id),
};

static bool field_holds(const struct subject *subject, unsigned check)
{
    const struct field *field = &fields[check - SEVL_SNP_CHECK_REPORT_DATA];
    const uint8_t *expectations = (const uint8_t *)subject->expectations;
    return sevl_constant_time_equal(subject->report->bytes + field->at,
                                    expectations + field->expected, field->size);
}

/* It counts only where the report says that there is such a key. */
static bool author_key_digest_holds(const struct subject *subject)
{
    return subject->report->has_author_key &&
           field_holds(subject, SEVL_SNP_CHECK_AUTHOR_KEY_DIGEST);
}

static bool guest_svn_holds(const struct subject *subject)
{
    return subject->report->guest_svn >= subject->expectations->guest_svn_min;
}

static bool vmpl_holds(const struct subject *subject)
{
    return subject->report->vmpl == subject->expectations->vmpl;
}

/* By the key, too: the report of a VLEK tells of no chip. */
static bool chip_id_holds(const struct subject *subject)
{
    return subject->key->kind == SEVL_SNP_VCEK && field_holds(subject, SEVL_SNP_CHECK_CHIP_ID);
}

static bool provider_id_holds(const struct subject *subject)
{
    const struct sevl_bytes *expected = &subject->expectations->provider_id;
    return subject->key->kind == SEVL_SNP_VLEK && subject->key->id_size == expected->size &&
           sevl_constant_time_equal(subject->key->id, expected->bytes, expected->size);
}

static bool policy_form_holds(const struct subject *subject)
{
    uint64_t policy = subject->report->policy;
    return (policy & SEVL_SNP_POLICY_RESERVED_1) != 0 && (policy & ~POLICY_BITS) == 0;
}

static bool policy_debug_holds(const struct subject *subject)
{
    return subject->expectations->allows_debug ||
           (subject->report->policy & SEVL_SNP_POLICY_DEBUG) == 0;
}

static bool policy_migration_holds(const struct subject *subject)
{
    return subject->expectations->allows_migration ||
           (subject->report->policy & SEVL_SNP_POLICY_MIGRATE_MA) == 0;
}

static bool bits_hold(uint64_t bits, const struct sevl_snp_bits *expected)
{
    return (bits & expected->required) == expected->required && (bits & expected->refused) == 0;
}

static bool policy_bits_hold(const struct subject *subject)
{
    return bits_hold(subject->report->policy, &subject->expectations->policy);
}

static bool platform_bits_hold(const struct subject *subject)
{
    return bits_hold(subject->report->platform_info, &subject->expectations->platform);
}

/* Whether no part of a TCB of the report is below another one. */
static bool tcb_is_at_least(const struct subject *subject, const uint8_t *bytes,
                            const struct sevl_snp_tcb *minimum)
{
    struct sevl_snp_tcb tcb;
    return sevl_snp_tcb_read(&tcb, subject->key->product, bytes) == SEVL_OK &&
           sevl_snp_tcb_is_at_least(&tcb, minimum);
}

/* The host chooses what is reported; it cannot go above what is committed, or running. */
static bool tcb_order_holds(const struct subject *subject)
{
    const struct sevl_snp_report *report = subject->report;
    struct sevl_snp_tcb reported;
    struct sevl_snp_tcb committed;
    if (sevl_snp_tcb_read(&reported, subject->key->product, report->reported_tcb) != SEVL_OK ||
        sevl_snp_tcb_read(&committed, subject->key->product, report->committed_tcb) != SEVL_OK)
        return false;
    return sevl_snp_tcb_is_at_least(&committed, &reported) &&
           tcb_is_at_least(subject, report->current_tcb, &committed);
}

/* Where a report has the TCB of each check. */
static const uint16_t tcbs[] = {REPORTED_TCB, COMMITTED_TCB, LAUNCH_TCB, CURRENT_TCB};

static bool tcb_holds(const struct subject *subject, unsigned check)
{
    const uint8_t *bytes = subject->report->bytes + tcbs[check - SEVL_SNP_CHECK_REPORTED_TCB];
    return tcb_is_at_least(subject, bytes, &subject->expectations->tcb_min);
}

/* Major, minor, then build. */
static uint32_t order_of(const struct sevl_snp_firmware_version *version)
{
    return (uint32_t)version->major << 16 | (uint32_t)version->minor << 8 | version->build;
}

/* What is committed cannot be rolled back. */
static bool firmware_holds(const struct subject *subject)
{
    return order_of(&subject->report->committed_version) >=
           order_of(&subject->expectations->firmware_min);
}

_Static_assert(SEVL_SNP_CHECKS == 24, "holds() has each check");

static SEVL_NOINLINE bool holds(unsigned check, const struct subject *subject)
{
    switch (check) {
    case SEVL_SNP_CHECK_DATES:
        return dates_hold(subject);
    case SEVL_SNP_CHECK_VERSION:
        return version_holds(subject);
    case SEVL_SNP_CHECK_MEASUREMENT:
        return measurement_holds(subject);
    case SEVL_SNP_CHECK_AUTHOR_KEY_DIGEST:
        return author_key_digest_holds(subject);
    case SEVL_SNP_CHECK_GUEST_SVN:
        return guest_svn_holds(subject);
    case SEVL_SNP_CHECK_VMPL:
        return vmpl_holds(subject);
    case SEVL_SNP_CHECK_CHIP_ID:
        return chip_id_holds(subject);
    case SEVL_SNP_CHECK_PROVIDER_ID:
        return provider_id_holds(subject);
    case SEVL_SNP_CHECK_POLICY_FORM:
        return policy_form_holds(subject);
    case SEVL_SNP_CHECK_POLICY_DEBUG:
        return policy_debug_holds(subject);
    case SEVL_SNP_CHECK_POLICY_MIGRATION:
        return policy_migration_holds(subject);
    case SEVL_SNP_CHECK_POLICY_BITS:
        return policy_bits_hold(subject);
    case SEVL_SNP_CHECK_PLATFORM_BITS:
        return platform_bits_hold(subject);
    case SEVL_SNP_CHECK_TCB_ORDER:
        return tcb_order_holds(subject);
    case SEVL_SNP_CHECK_REPORTED_TCB:
    case SEVL_SNP_CHECK_COMMITTED_TCB:
    case SEVL_SNP_CHECK_LAUNCH_TCB:
    case SEVL_SNP_CHECK_CURRENT_TCB:
        return tcb_holds(subject, check);
    case SEVL_SNP_CHECK_FIRMWARE:
        return firmware_holds(subject);
    default:
        return field_holds(subject, check);
    }
}

static void make_checks(const struct subject *subject, struct sevl_snp_appraisal *appraisal)
{
    uint32_t wanted = SEVL_SNP_CHECKS_ALWAYS | subject->expectations->expected;
    for (unsigned i = 0; i < SEVL_SNP_CHECKS; i++)
        if ((wanted & SEVL_SNP_CHECK_BIT(i)) != 0)
            appraisal->state[i] = holds(i, subject) ? SEVL_SNP_PASSED : SEVL_SNP_FAILED;
}

/* Every check that was to be made is passed, and the measurement was to be. */
static bool all_hold(const struct sevl_snp_appraisal *appraisal,
                     const struct sevl_snp_expectations *expectations)
{
    uint32_t wanted = SEVL_SNP_CHECKS_ALWAYS | expectations->expected;
    if (!expectations->without_measurement)
        wanted |= SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_MEASUREMENT);
    for (unsigned i = 0; i < SEVL_SNP_CHECKS; i++)
        if ((wanted & SEVL_SNP_CHECK_BIT(i)) != 0 && appraisal->state[i] != SEVL_SNP_PASSED)
            return false;
    return true;
}

enum sevl_result sevl_snp_appraise(const struct sevl_snp_report *report,
                                   const struct sevl_snp_key *key,
                                   const struct sevl_snp_expectations *expectations,
                                   struct sevl_snp_appraisal *appraisal)
{
    const struct subject subject = {report, key, expectations};
    *appraisal = (struct sevl_snp_appraisal){{SEVL_SNP_NOT_MADE}};
    if (report->verdict != SEVL_MATCH)
        return SEVL_ERROR_STATE;
    make_checks(&subject, appraisal);
    return all_hold(appraisal, expectations) ? SEVL_MATCH : SEVL_MISMATCH;
}
