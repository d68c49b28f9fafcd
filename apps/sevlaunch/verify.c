/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify.h"

#include <string.h>

#include "batch.h"
#include "bound_file.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/parse.h"
#include "manifest.h"
#include "then.h"
#include "verify_answer.h"
#include "verify_report.h"

/* One run of the subcommand, on one report. */
struct run {
    struct verify_inputs inputs;
    struct verify_report report;
    struct verify_guest guest;
    struct verify_diagnosis diagnosis;
};

static enum cli_code read_request(struct run *run)
{
    return verify_inputs_read_request(&run->inputs);
}

static enum cli_code check_guest(struct run *run)
{
    return verify_guest_check(&run->guest, &run->inputs.console, &run->inputs.arguments);
}

static enum cli_code read_report(struct run *run)
{
    struct verify_inputs *inputs = &run->inputs;
    const char *path = inputs->arguments.value[VERIFY_OPTION_REPORT];
    enum cli_code code =
        report_file_read(&run->report.file, &inputs->store, &inputs->console, "--report", path);
    if (code != CLI_GO_ON || !cli_has(&inputs->arguments, VERIFY_OPTION_CLAIMS_OUT) ||
        run->report.file.claims.text != NULL)
        return code;
    return cli_error(&inputs->console, CLI_USAGE, "--claims-out: the report in '", path,
                     "' is no HCL report of Azure: there are no claims");
}

static enum cli_code read_collateral(struct run *run)
{
    return verify_inputs_read_collateral(&run->inputs);
}

static enum cli_code read_manifest(struct run *run)
{
    struct verify_inputs *inputs = &run->inputs;
    return manifest_read(&inputs->request, &inputs->store, &inputs->console,
                         &run->report.file.report);
}

static enum cli_code read_guest(struct run *run)
{
    return verify_guest_read(&run->guest, &run->inputs.store, &run->inputs.console);
}

static enum cli_code compare_guest(struct run *run)
{
    return verify_guest_compare(&run->guest, &run->inputs.request, &run->report.file.report);
}

static enum cli_code read_bound_file(struct run *run)
{
    struct verify_inputs *inputs = &run->inputs;
    return bound_file_read(&inputs->request, &inputs->store, &inputs->console,
                           &run->report.file.report);
}

static enum cli_code fail_missing(const struct run *run)
{
    const struct key_search *search = &run->report.search;
    const char *parts[3 + VERIFY_MISSING_PARTS] = {"ERROR: ", "--certs: expected "};
    size_t used = 2;
    verify_missing(search, parts + used);
    while (parts[used] != NULL)
        used++;
    parts[used] =
        search->fault == KEY_NO_LEAF ? ", but no file holds one" : ", but no file holds it";
    return cli_error_of(&run->inputs.console, CLI_USAGE, parts);
}

static enum cli_code verify_report(struct run *run)
{
    const struct verify_inputs *inputs = &run->inputs;
    const struct key_sources sources = {&inputs->collateral, &inputs->request, NULL, NULL};
    enum sevl_result result = verify_report_run(&run->report, &sources, &inputs->console);
    if (result == SEVL_OK)
        return CLI_GO_ON;
    if (result == SEVL_ERROR_ABSENT)
        return fail_missing(run);
    return cli_error(&inputs->console, CLI_FAILED,
                     "the hash of a report or of a certificate failed");
}

static enum cli_code diagnose_measurement(struct run *run)
{
    const struct verify_report *report = &run->report;
    verify_diagnose(&run->diagnosis, &run->guest, &report->file.report,
                    report->appraisal.state[SEVL_SNP_CHECK_MEASUREMENT]);
    return CLI_GO_ON;
}

static bool fill_claims(struct port_sink *sink, const void *context)
{
    const struct report_claims *claims = context;
    return port_write(sink, claims->text, claims->size);
}

static enum cli_code write_claims(const struct run *run)
{
    const struct cli_output output = {run->inputs.arguments.value[VERIFY_OPTION_CLAIMS_OUT],
                                      PORT_USUAL, fill_claims, &run->report.file.claims};
    if (output.path == NULL)
        return CLI_GO_ON;
    return cli_write_files(&run->inputs.console, &output, 1);
}

/* What is asked for after a match, before it is told. */
static enum cli_code follow_match(const struct run *run)
{
    const struct verify_inputs *inputs = &run->inputs;
    enum cli_code code = then_load(&inputs->arguments, &inputs->console);
    return code == CLI_GO_ON ? write_claims(run) : code;
}

static enum cli_code answer(struct run *run)
{
    const struct verify_inputs *inputs = &run->inputs;
    struct verify_evidence evidence = verify_report_evidence(&run->report, &inputs->request);
    bool good = verify_report_is_good(&run->report, &inputs->request);
    evidence.diagnosis = &run->diagnosis;
    if (good) {
        enum cli_code code = follow_match(run);
        if (code != CLI_GO_ON)
            return code;
    }
    return verify_answer_print(&evidence, &inputs->store, &inputs->console,
                               cli_has(&inputs->arguments, VERIFY_OPTION_JSON), good);
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(
        struct run *) = {read_request,  check_guest,          read_report,   read_collateral,
                         read_manifest, read_guest,           compare_guest, read_bound_file,
                         verify_report, diagnose_measurement, answer};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code;
}

enum cli_code snp_verify(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    memset(&run, 0, sizeof run);
    store_begin(&run.inputs.store, buffer);
    enum cli_code code =
        cli_parse(&run.inputs.arguments, &run.inputs.console, &verify_command, words);
    if (code != CLI_GO_ON)
        return code;
    run.inputs.store.claims_out = run.inputs.arguments.value[VERIFY_OPTION_CLAIMS_OUT];
    if (cli_has(&run.inputs.arguments, VERIFY_OPTION_HELP))
        return cli_print_help(&verify_command, &run.inputs.console);
    if (cli_has(&run.inputs.arguments, VERIFY_OPTION_BATCH))
        return batch_run(&run.inputs);
    return run_steps(&run);
}
