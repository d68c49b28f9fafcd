/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_verdict.h"

#include "snp_hints.h"
#include "snp_verdict_json.h"

struct comparison {
    const struct snp_verdict *verdict;
    struct sevl_cpu cpu;
    struct snp_value found;
    bool is_found;
};

/* Keeps the first value that is equal; CLI_SUCCESS ends the series. */
static enum cli_code compare_value(void *context, const struct snp_value *value)
{
    struct comparison *comparison = context;
    const uint8_t *expected = comparison->verdict->expected->reported.measurement;
    if (sevl_snp_launch_digest_compare(value->digest, expected) != SEVL_MATCH)
        return CLI_GO_ON;
    comparison->is_found = true;
    comparison->found = *value;
    comparison->cpu = *value->cpu;
    comparison->found.cpu = &comparison->cpu;
    return CLI_SUCCESS;
}

/* An OK says what it is of, and what it is not of. */
static bool print_match(const struct snp_verdict *verdict, const struct snp_value *found)
{
    struct phrase value = {.length = 0};
    snp_value_describe(&value, found);
    if (!cli_line(PORT_OUT, "OK: the measurement is the launch digest of this guest, with ",
                  value.text))
        return false;
    return !verdict->expected->is_report ||
           cli_line(PORT_OUT, "NOT CHECKED: who signed the report, its policy, VMPL, report data "
                              "and all else in it");
}

static enum cli_code answer_match(const struct snp_verdict *verdict, const struct snp_value *found)
{
    bool printed = verdict->is_json ? snp_verdict_json(verdict, found, NULL)
                                    : verdict->console->quiet || print_match(verdict, found);
    enum cli_code code = cli_check_printed(verdict->console, printed);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

/* A mismatch stays one when its JSON is lost: that is said, too. */
static enum cli_code answer_mismatch(const struct snp_verdict *verdict)
{
    struct sevl_snp_findings findings;
    const struct cli_console *console = verdict->console;
    enum cli_code code =
        cli_error(console, CLI_MISMATCH, "Measurement does not match, VM is not trustworthy");
    enum sevl_result result =
        sevl_snp_diagnose(&verdict->reference, &verdict->expected->reported,
                          verdict->series->scratch, SEVLAUNCH_SEARCH_BLOCKS, &findings);
    bool is_diagnosed = result == SEVL_OK || result == SEVL_ERROR_ABSENT;
    if (is_diagnosed)
        snp_hints_print(console, &verdict->reference, verdict->expected, &findings);
    if (!verdict->is_json)
        return code;
    enum cli_code printed =
        cli_check_printed(console,
                          snp_verdict_json(verdict, NULL, is_diagnosed ? &findings : NULL));
    return printed == CLI_GO_ON ? code : printed;
}

enum cli_code snp_verdict(const struct snp_verdict *verdict)
{
    struct comparison comparison = {.verdict = verdict};
    enum cli_code code = snp_series_compute(verdict->series, compare_value, &comparison);
    if (comparison.is_found)
        return answer_match(verdict, &comparison.found);
    return code == CLI_GO_ON ? answer_mismatch(verdict) : code;
}
