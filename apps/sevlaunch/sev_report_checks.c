/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_report_checks.h"

#include <string.h>

#include "cli/text.h"

static enum platform_state state_of_signature(enum sevl_result verdict)
{
    switch (verdict) {
    case SEVL_MATCH:
        return PLATFORM_PASSED;
    case SEVL_MISMATCH:
        return PLATFORM_FAILED;
    default:
        return PLATFORM_NOT_MADE;
    }
}

static void add_signature(struct platform_checks *checks, enum sevl_result verdict)
{
    struct platform_check check = {
        .name = "signature",
        .protects = "a report that somebody wrote or changed",
        .state = state_of_signature(verdict),
        .expected = "a report that the PEK signed",
        .got = "nothing: the PEK was not verified",
    };
    if (check.state == PLATFORM_PASSED)
        check.got = check.expected;
    if (check.state == PLATFORM_FAILED)
        check.got = "one that the PEK did not sign";
    platform_checks_add(checks, &check);
}

/* What is compared of a report. */
struct comparison {
    const char *name;
    const char *protects;
    bool is_expected;
    const struct sev_report_value *value;
};

/* Both texts are filled, and have one form. */
static bool add_comparison(struct platform_checks *checks, const struct comparison *comparison,
                           bool is_genuine)
{
    const struct sev_report_value *value = comparison->value;
    bool is_equal = text_equal(value->expected, value->got);
    struct platform_check check = {
        .name = comparison->name,
        .protects = comparison->protects,
        .state = is_equal ? PLATFORM_PASSED : PLATFORM_FAILED,
        .expected = value->expected,
        .got = value->got,
    };
    if (!comparison->is_expected || !is_genuine) {
        check.state = PLATFORM_NOT_MADE;
        check.expected = "";
        check.got = comparison->is_expected ? "nothing: the report is not genuine"
                                            : "nothing: no value is expected";
    }
    platform_checks_add(checks, &check);
    return is_equal || !comparison->is_expected;
}

static void fill_bytes(struct sev_report_value *value, const uint8_t *expected,
                       const uint8_t *actual, size_t size)
{
    text_from_bytes(value->expected, expected, size);
    text_from_bytes(value->got, actual, size);
}

static void copy_number(char *text, uint32_t number)
{
    const struct hexadecimal digits = text_hexadecimal(number);
    memcpy(text, digits.text, sizeof digits.text);
}

static void fill_values(struct sev_report_values *values,
                        const struct sevl_sev_platform_report *report,
                        const struct sev_report_request *request)
{
    fill_bytes(&values->nonce, request->nonce, report->mnonce, SEVL_MNONCE_SIZE);
    fill_bytes(&values->launch_digest, request->launch_digest, report->launch_digest,
               SEVL_LAUNCH_DIGEST_SIZE);
    copy_number(values->policy.expected, request->policy);
    copy_number(values->policy.got, report->policy);
}

bool sev_report_checks_add(struct platform_checks *checks, struct sev_report_values *values,
                           const struct sevl_sev_platform_report *report,
                           const struct sev_report_request *request)
{
    static const struct platform_check session = {
        .name = "session",
        .protects = "the report of another guest of the same digest",
        .state = PLATFORM_NOT_MADE,
        .expected = "",
        .got = "nothing: no report of SEV tells its session",
    };
    const struct comparison rows[] = {
        {"nonce", "an old report", request->has_nonce, &values->nonce},
        {"launch-digest", "another guest than the one that was chosen", request->has_launch_digest,
         &values->launch_digest},
        {"policy", "a launch under weaker rules", request->has_policy, &values->policy},
    };
    bool is_genuine = report->verdict == SEVL_MATCH;
    bool is_good = is_genuine;
    fill_values(values, report, request);
    add_signature(checks, report->verdict);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!add_comparison(checks, &rows[i], is_genuine))
            is_good = false;
    platform_checks_add(checks, &session);
    return is_good;
}
