/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_verdict.h"

#include "snp_diagnosis.h"
#include "snp_verdict_json.h"
#include "then.h"

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

/* A program that reads a match must not find that the rest failed: what follows it comes first. */
static enum cli_code answer_match(const struct snp_verdict *verdict, const struct snp_value *found)
{
    enum cli_code code = then_load(verdict->guest->request.arguments, verdict->console);
    if (code != CLI_GO_ON)
        return code;
    bool printed = verdict->is_json ? snp_verdict_json(verdict, found, NULL)
                                    : verdict->console->quiet || print_match(verdict, found);
    code = cli_check_printed(verdict->console, printed);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

/* A mismatch stays one when its JSON is lost: that is said, too. */
static enum cli_code answer_mismatch(const struct snp_verdict *verdict)
{
    struct snp_diagnosis diagnosis;
    const struct cli_console *console = verdict->console;
    enum cli_code code =
        cli_error(console, CLI_MISMATCH, "Measurement does not match, VM is not trustworthy");
    snp_diagnose(&diagnosis, verdict->guest, verdict->expected);
    snp_diagnosis_print(&diagnosis, console);
    if (!verdict->is_json)
        return code;
    enum cli_code printed = cli_check_printed(console, snp_verdict_json(verdict, NULL, &diagnosis));
    return printed == CLI_GO_ON ? code : printed;
}

enum cli_code snp_verdict(const struct snp_verdict *verdict)
{
    struct snp_match match = {.is_found = false};
    enum cli_code code =
        snp_series_find(&verdict->guest->series, verdict->expected->reported.measurement, &match);
    if (code != CLI_GO_ON)
        return code;
    return match.is_found ? answer_match(verdict, &match.value) : answer_mismatch(verdict);
}
