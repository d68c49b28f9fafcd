/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verdict_json.h"

#include "cli/json.h"
#include "cli/text.h"
#include "hints.h"

/* The form of the object; it changes when a member changes its meaning. */
#define SCHEMA 1

static void put_hash(struct cli_json *json, const char *name, const uint8_t hash[SEVL_SHA256_SIZE])
{
    cli_json_bytes(json, name, hash, SEVL_SHA256_SIZE);
}

static void put_kernel(struct cli_json *json, const struct sevl_sev_guest *guest)
{
    if (!guest->has_kernel)
        return;
    put_hash(json, "kernel-sha256", guest->kernel.kernel);
    put_hash(json, "initrd-sha256", guest->kernel.initrd);
    put_hash(json, "cmdline-sha256", guest->kernel.cmdline);
}

static void put_evidence(struct cli_json *json, const struct sevl_evidence *evidence)
{
    cli_json_number(json, "api-major", evidence->launch.api_major);
    cli_json_number(json, "api-minor", evidence->launch.api_minor);
    cli_json_number(json, "build-id", evidence->launch.build);
    cli_json_number(json, "policy", evidence->launch.policy);
    put_hash(json, "measure", evidence->measurement.measure);
    cli_json_bytes(json, "mnonce", evidence->measurement.mnonce, SEVL_MNONCE_SIZE);
}

/* What there was to warn of: a list of names. */
static void put_warnings(struct cli_json *json, const struct warnings *warnings)
{
    const char *parts[3 + 2 * WARNING_COUNT] = {"  \"warnings\": ["};
    const char *before = "\"";
    size_t used = 1;
    for (int i = 0; i < WARNING_COUNT; i++)
        if (warnings->given[i]) {
            parts[used++] = before;
            parts[used++] = warnings_name((enum warning)i);
            before = "\", \"";
        }
    parts[used] = used > 1 ? "\"]," : "],";
    cli_json_line_of(json, parts);
}

static void put_finding(struct cli_json *json, const struct sevl_finding *finding, bool is_last)
{
    cli_json_line(json, "    {\"mistake\": \"", hints_name(finding->mistake),
                  "\", \"value\": ", text_decimal(finding->value).text, "}", is_last ? "" : ",");
}

/* The last member: null where none were looked for, else a list, which may be empty. */
static void put_hints(struct cli_json *json, const struct sevl_findings *findings)
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

bool verdict_json_print(const struct reference *reference, const struct host_evidence *evidence,
                        enum sevl_result verdict, const struct sevl_findings *findings)
{
    const struct sevl_sev_guest *guest = &reference->values.guest;
    struct cli_json json;
    cli_json_begin(&json);
    cli_json_number(&json, "schema", SCHEMA);
    cli_json_member(&json, "verdict", verdict == SEVL_MATCH ? "\"match\"" : "\"mismatch\"");
    put_evidence(&json, &evidence->values);
    put_hash(&json, "launch-digest", reference->values.launch_digest);
    put_kernel(&json, guest);
    if (sevl_policy_is_es(evidence->values.launch.policy) && guest->cpus > 0)
        cli_json_number(&json, "num-cpus", guest->cpus);
    domain_print_json(&evidence->domain, &json);
    put_warnings(&json, &reference->warnings);
    put_hints(&json, findings);
    return cli_json_end(&json);
}
