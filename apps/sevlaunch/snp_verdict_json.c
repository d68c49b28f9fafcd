/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_verdict_json.h"

#include "cli/text.h"
#include "snp_hints.h"

/* The form of the object; it changes when a member changes its meaning. */
#define SCHEMA 1

static void put_measurement(struct cli_json *json, const struct snp_expected *expected)
{
    char measurement[2 * SEVL_SNP_LAUNCH_DIGEST_SIZE + 1];
    text_from_bytes(measurement, expected->reported.measurement, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    cli_json_line(json, "  \"measurement\": \"", measurement, "\",");
}

/* What a report tells, and nobody checked. */
static void put_report(struct cli_json *json, const struct snp_expected *expected)
{
    const struct sevl_snp_report *report = &expected->report;
    if (!expected->is_report) {
        cli_json_member(json, "report", "null");
        return;
    }
    const char *signature =
        report->has_cpuid ? text_decimal(expected->reported.signature).text : "null";
    cli_json_line(json, "  \"report\": {\"version\": ", text_decimal(report->version).text,
                  ", \"cpu-signature\": ", signature,
                  ", \"policy\": ", text_decimal(report->policy).text,
                  ", \"vmpl\": ", text_decimal(report->vmpl).text, ", \"verified\": false},");
}

void snp_verdict_json_put_value(struct cli_json *json, const struct snp_value *found)
{
    if (found == NULL) {
        cli_json_member(json, "value", "null");
        return;
    }
    cli_json_line(json, "  \"value\":");
    snp_json_put_value(json, found, false);
}

static void put_finding(struct cli_json *json, const struct sevl_snp_finding *finding, bool is_last)
{
    cli_json_line(json, "    {\"mistake\": \"", snp_hints_name(finding->mistake),
                  "\", \"value\": ", text_decimal(finding->value).text, "}", is_last ? "" : ",");
}

void snp_verdict_json_put_hints(struct cli_json *json, const struct sevl_snp_findings *findings)
{
    if (findings == NULL) {
        cli_json_line(json, "  \"hints\": null");
        return;
    }
    if (findings->count == 0) {
        cli_json_line(json, "  \"hints\": []");
        return;
    }
    cli_json_line(json, "  \"hints\": [");
    for (uint32_t i = 0; i < findings->count; i++)
        put_finding(json, &findings->finding[i], i + 1 == findings->count);
    cli_json_line(json, "  ]");
}

bool snp_verdict_json(const struct snp_verdict *verdict, const struct snp_value *found,
                      const struct snp_diagnosis *diagnosis)
{
    const struct snp_guest *guest = verdict->guest;
    struct cli_json json;
    cli_json_begin(&json);
    cli_json_member(&json, "type", "\"sevlaunch-launch-digest-verdict\"");
    cli_json_number(&json, "schema", SCHEMA);
    cli_json_member(&json, "verdict", found != NULL ? "\"match\"" : "\"mismatch\"");
    put_measurement(&json, verdict->expected);
    put_report(&json, verdict->expected);
    snp_json_put_inputs(&json, &guest->request, &guest->firmware, &guest->kernel);
    snp_verdict_json_put_value(&json, found);
    snp_verdict_json_put_hints(&json, snp_diagnosis_findings(diagnosis));
    return cli_json_end(&json);
}
