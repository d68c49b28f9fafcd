/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* `sevlaunch snp-report`: the report of the guest that this runs in. */
#include <sevlaunch/snp/report.h>
#include <string.h>

#include "bound_file.h"
#include "cli/check.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/parse.h"
#include "cli/text.h"
#include "cli/values.h"
#include "guest_report.h"
#include "own_report_options.h"
#include "subcommands.h"

#define VMPL_MAX 3

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct cli_buffer memory; /* for the file that is hashed, then for the host's table */
    struct port_report_request request;
    struct port_report answer;
    struct sevl_snp_report report; /* of the answer */
};

static bool has(const struct run *run, size_t option)
{
    return cli_has(&run->arguments, option);
}

/* A report that binds nothing can be shown again by anybody, at any time. */
static enum cli_code check_purpose(struct run *run)
{
    enum cli_code code = cli_check(&run->arguments, &run->console);
    if (code == CLI_GO_ON)
        code = cli_require(&run->arguments, &run->console, OWN_OPTION_OUT);
    if (code != CLI_GO_ON || has(run, OWN_OPTION_REPORT_DATA) || has(run, OWN_OPTION_NONCE) ||
        has(run, OWN_OPTION_REPORT_DATA_HASH))
        return code;
    return cli_error(&run->console, CLI_USAGE,
                     "--nonce HEX is required, from who is to verify the report, or --report-data "
                     "HEX, or --report-data-hash PATH: without it, an old report looks the same");
}

static enum cli_code read_options(struct run *run)
{
    struct port_report_request *request = &run->request;
    enum cli_code code = report_data_read(request->data, &run->arguments, &run->console,
                                          OWN_OPTION_REPORT_DATA, OWN_OPTION_NONCE);
    request->has_vmpl = has(run, OWN_OPTION_VMPL);
    return code == CLI_GO_ON ? cli_read_number(&run->arguments, &run->console, OWN_OPTION_VMPL, 0,
                                               VMPL_MAX, &request->vmpl)
                             : code;
}

static enum cli_code hash_bound_file(struct run *run)
{
    struct store store;
    uint8_t values[BOUND_FILE_HASHES][REPORT_DATA_SIZE];
    const char *path = run->arguments.value[OWN_OPTION_REPORT_DATA_HASH];
    if (path == NULL)
        return CLI_GO_ON;
    store_begin(&store, run->memory);
    enum cli_code code = bound_file_hash(values, &store, &run->console, path);
    if (code == CLI_GO_ON)
        memcpy(run->request.data, values[BOUND_FILE_HASHES - 1], sizeof run->request.data);
    return code;
}

static enum cli_code get_report(struct run *run)
{
    struct port_report *answer = &run->answer;
    answer->table = run->memory.memory;
    answer->table_max = run->memory.size;
    cli_debug(&run->console, "Report data", run->request.data, sizeof run->request.data);
    if (!port_get_report(answer, &run->request))
        return cli_error(&run->console, CLI_FAILED, "cannot get a report: ", answer->reason);
    return CLI_GO_ON;
}

static enum cli_code fail_answer(const struct run *run, const char *what)
{
    return cli_error(&run->console, CLI_FAILED, run->answer.way, ": ", what);
}

/* Nothing of it is verified; but another request's answer, or no report, is not handed on. */
static enum cli_code check_report(struct run *run)
{
    const struct port_report *answer = &run->answer;
    if (sevl_snp_report_read(&run->report, answer->bytes, answer->size) != SEVL_OK)
        return fail_answer(run, "expected a report of 1184 bytes, of version 2 to 6, and got "
                                "something else");
    cli_debug(&run->console, "Measurement", run->report.measurement, 48);
    if (!report_data_equal(run->report.report_data, run->request.data))
        return fail_answer(run, "the report has other REPORT_DATA than was asked for");
    if (run->report.vmpl != answer->vmpl)
        return fail_answer(run, "the report is of another VMPL than was asked for");
    return CLI_GO_ON;
}

static enum cli_code check_table(struct run *run)
{
    const struct port_report *answer = &run->answer;
    const char *reason = answer->reason[0] == '\0' ? answer->way : answer->reason;
    if (!has(run, OWN_OPTION_CERTS_OUT) || answer->table_size > 0)
        return CLI_GO_ON;
    return cli_error(&run->console, CLI_FAILED, "--certs-out: the host gave no certificates (",
                     reason, "): leave it out, and take them from AMD");
}

static bool fill_report(struct port_sink *sink, const void *context)
{
    const struct port_report *answer = context;
    return port_write(sink, answer->bytes, answer->size);
}

static bool fill_table(struct port_sink *sink, const void *context)
{
    const struct port_report *answer = context;
    return port_write(sink, answer->table, answer->table_size);
}

static enum cli_code write_report(struct run *run)
{
    const char *const *paths = run->arguments.value;
    const struct cli_output outputs[] = {{paths[OWN_OPTION_OUT], PORT_USUAL, fill_report,
                                          &run->answer},
                                         {paths[OWN_OPTION_CERTS_OUT], PORT_USUAL, fill_table,
                                          &run->answer}};
    return cli_write_files(&run->console, outputs, has(run, OWN_OPTION_CERTS_OUT) ? 2 : 1);
}

static bool print_summary(const struct run *run)
{
    const struct port_report *answer = &run->answer;
    return cli_line(PORT_OUT, "Report: version ", text_decimal(run->report.version).text, ", VMPL ",
                    text_decimal(run->report.vmpl).text, ", by ", answer->way) &&
           cli_line(PORT_OUT, "Certificates of the host: ", text_decimal(answer->table_size).text,
                    " bytes", has(run, OWN_OPTION_CERTS_OUT) ? "" : ", not written") &&
           cli_line(PORT_OUT, "NOT VERIFIED: who has to trust the guest does this, by 'sevlaunch "
                              "snp-verify', on a machine that the host does not control");
}

static enum cli_code print_result(struct run *run)
{
    enum cli_code code = cli_check_printed(&run->console, run->console.quiet || print_summary(run));
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(
        struct run *) = {check_purpose, read_options, hash_bound_file, get_report,
                         check_report,  check_table,  write_report,    print_result};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code;
}

enum cli_code snp_report(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    memset(&run, 0, sizeof run);
    run.memory = buffer;
    enum cli_code code = cli_parse(&run.arguments, &run.console, &own_report_command, words);
    if (code != CLI_GO_ON)
        return code;
    if (has(&run, OWN_OPTION_HELP))
        return cli_print_help(&own_report_command, &run.console);
    return run_steps(&run);
}
