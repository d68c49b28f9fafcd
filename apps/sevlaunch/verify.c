/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify.h"

#include <string.h>

#include "bound_file.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/parse.h"
#include "manifest.h"
#include "policy_file.h"
#include "verify_answer.h"

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct verify_request request;
    struct store store;
    struct report_file file;
    struct collateral collateral;
    struct key_search search;
    enum sevl_result verdict; /* on the report: SEVL_MATCH, or SEVL_MISMATCH */
    enum sevl_result claims;
    enum sevl_result appraised;
    struct sevl_snp_appraisal appraisal;
};

static enum cli_code read_policy(struct run *run)
{
    return policy_file_read(&run->arguments, &run->store, &run->console);
}

static enum cli_code read_request(struct run *run)
{
    return verify_request_read(&run->request, &run->console, &run->arguments);
}

static enum cli_code read_report(struct run *run)
{
    const char *path = run->arguments.value[VERIFY_OPTION_REPORT];
    enum cli_code code = report_file_read(&run->file, &run->store, &run->console, "--report", path);
    if (code != CLI_GO_ON || !cli_has(&run->arguments, VERIFY_OPTION_CLAIMS_OUT) ||
        run->file.claims.text != NULL)
        return code;
    return cli_error(&run->console, CLI_USAGE, "--claims-out: the report in '", path,
                     "' is no HCL report of Azure: there are no claims");
}

static enum cli_code add_files(struct run *run, size_t option, bool is_crl)
{
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < cli_count(&run->arguments, option) && code == CLI_GO_ON; i++)
        code = collateral_add(&run->collateral, &run->store, &run->console,
                              cli_name(&run->arguments, option),
                              cli_path(&run->arguments, option, i), is_crl);
    return code;
}

/* Lists first: one that was named as such stays so if it comes with certificates, too. */
static enum cli_code read_collateral(struct run *run)
{
    enum cli_code code = add_files(run, VERIFY_OPTION_CRL, true);
    return code == CLI_GO_ON ? add_files(run, VERIFY_OPTION_CERTS, false) : code;
}

static enum cli_code read_manifest(struct run *run)
{
    return manifest_read(&run->request, &run->store, &run->console, &run->file.report);
}

static enum cli_code read_bound_file(struct run *run)
{
    return bound_file_read(&run->request, &run->store, &run->console, &run->file.report);
}

static enum cli_code fail_crypto(const struct run *run)
{
    return cli_error(&run->console, CLI_FAILED, "the hash of a report or of a certificate failed");
}

/* A certificate that is not there can be added: this is no verdict. */
static enum cli_code check_search(const struct run *run)
{
    const struct key_search *search = &run->search;
    const char *kind = verify_kind_name(search->kind);
    const char *product = search->product == 0 ? "" : verify_product_name(search->product);
    switch (search->fault) {
    case KEY_NO_LEAF:
        return cli_error(&run->console, CLI_USAGE, "--certs: expected the ", kind,
                         " that signed the report, but no file holds one");
    case KEY_NO_ROOT:
        return cli_error(&run->console, CLI_USAGE, "--certs: expected the root ARK-", product,
                         ", but no file holds it");
    case KEY_NO_INTERMEDIATE:
        return cli_error(&run->console, CLI_USAGE, "--certs: expected the certificate SEV-",
                         search->kind == SEVL_SNP_VLEK ? "VLEK-" : "", product, ", which signs a ",
                         kind, ", but no file holds it");
    default:
        return CLI_GO_ON;
    }
}

static enum cli_code verify_report(struct run *run)
{
    run->verdict = key_search_run(&run->search, &run->file.report, &run->collateral, &run->request);
    if (run->verdict != SEVL_MATCH && run->verdict != SEVL_MISMATCH)
        return fail_crypto(run);
    return check_search(run);
}

static enum cli_code verify_claims(struct run *run)
{
    run->claims = SEVL_ERROR_STATE;
    if (run->verdict != SEVL_MATCH || run->file.claims.text == NULL)
        return CLI_GO_ON;
    run->claims = report_claims_verify(&run->file.claims, &run->file.report);
    return run->claims == SEVL_ERROR_CRYPTO ? fail_crypto(run) : CLI_GO_ON;
}

static void show_compared(const struct run *run)
{
    const struct sevl_snp_report *report = &run->file.report;
    const struct cli_console *console = &run->console;
    cli_debug(console, "Key of the report", run->search.key.key, sizeof run->search.key.key);
    cli_debug(console, "Measurement", report->measurement, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    cli_debug(console, "Report data", report->report_data, 64);
    cli_debug(console, "Host data", report->host_data, 32);
    cli_debug(console, "Reported TCB", report->reported_tcb, SEVL_SNP_TCB_SIZE);
    cli_debug(console, "Committed TCB", report->committed_tcb, SEVL_SNP_TCB_SIZE);
    cli_debug(console, "Chip id", report->chip_id, 64);
}

static enum cli_code appraise_report(struct run *run)
{
    show_compared(run);
    run->appraised = sevl_snp_appraise(&run->file.report, &run->search.key,
                                       &run->request.expectations, &run->appraisal);
    return CLI_GO_ON;
}

/* Of the report, of claims if there are any, and of what is expected. */
static bool is_good(const struct run *run)
{
    if (run->verdict != SEVL_MATCH || run->appraised != SEVL_MATCH)
        return false;
    return run->file.claims.text == NULL || run->claims == SEVL_MATCH;
}

static bool fill_claims(struct port_sink *sink, const void *context)
{
    const struct report_claims *claims = context;
    return port_write(sink, claims->text, claims->size);
}

static enum cli_code write_claims(const struct run *run)
{
    const struct cli_output output = {run->arguments.value[VERIFY_OPTION_CLAIMS_OUT], PORT_USUAL,
                                      fill_claims, &run->file.claims};
    if (output.path == NULL)
        return CLI_GO_ON;
    return cli_write_files(&run->console, &output, 1);
}

static enum cli_code answer(struct run *run)
{
    const struct verify_evidence evidence = {&run->request, &run->file, &run->search,
                                             &run->appraisal, run->claims};
    bool good = is_good(run);
    if (good) {
        enum cli_code code = write_claims(run);
        if (code != CLI_GO_ON)
            return code;
    }
    return verify_answer_print(&evidence, &run->store, &run->console,
                               cli_has(&run->arguments, VERIFY_OPTION_JSON), good);
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(
        struct run *) = {read_policy,     read_request,    read_report,   read_collateral,
                         read_manifest,   read_bound_file, verify_report, verify_claims,
                         appraise_report, answer};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code;
}

enum cli_code snp_verify(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    memset(&run, 0, sizeof run);
    store_begin(&run.store, buffer);
    enum cli_code code = cli_parse(&run.arguments, &run.console, &verify_command, words);
    if (code != CLI_GO_ON)
        return code;
    if (cli_has(&run.arguments, VERIFY_OPTION_HELP))
        return cli_print_help(&verify_command, &run.console);
    return run_steps(&run);
}
