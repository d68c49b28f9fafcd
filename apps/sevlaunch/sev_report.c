/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_report.h"

#include <string.h>

#include "chain_words.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "platform_json.h"
#include "platform_missing.h"
#include "platform_report_file.h"
#include "sev_report_checks.h"
#include "verdict_json.h"

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct store store;
    struct sev_report_request request;
    struct platform_report_file file;
    struct platform_files files;
    struct platform_chain chain;
    struct platform_checks checks;
    struct sev_report_values values;
    bool is_good;
};

static enum cli_code read_request(struct run *run)
{
    return sev_report_request_read(&run->request, &run->console, &run->arguments);
}

static enum cli_code read_report(struct run *run)
{
    return platform_report_file_read(&run->file, &run->store, &run->console, "--report",
                                     run->arguments.value[REPORT_OPTION_REPORT]);
}

static enum cli_code read_files(struct run *run)
{
    enum cli_code code = platform_files_read(&run->files, &run->store, &run->console,
                                             &run->arguments, REPORT_OPTION_CHAIN);
    return code == CLI_GO_ON
               ? platform_missing_check(&run->files, &run->console, "--chain", SEVL_SEV_PEK)
               : code;
}

/* A report under a PEK that was not verified stays as it was read: without a verdict. */
static enum cli_code verify(struct run *run)
{
    const struct platform_trust *trust = &run->request.trust;
    struct sevl_sev_platform_report *report = &run->file.report;
    enum sevl_result result = platform_chain_verify(&run->chain, &run->files, trust, SEVL_SEV_PEK);
    bool is_chain_good = result == SEVL_MATCH;
    if (is_chain_good)
        result = sevl_sev_platform_report_verify(report, &run->chain.key[SEVL_SEV_PEK],
                                                 &run->chain.memory);
    if (result == SEVL_ERROR_CRYPTO)
        return cli_error(&run->console, CLI_FAILED,
                         "the hash of a report or of a certificate failed");
    platform_chain_debug(&run->chain, &run->console, SEVL_SEV_PEK);
    platform_checks_add_chain(&run->checks, &run->chain, trust, SEVL_SEV_PEK);
    bool is_expected = sev_report_checks_add(&run->checks, &run->values, report, &run->request);
    run->is_good = is_chain_good && is_expected;
    return CLI_GO_ON;
}

static bool print_signer(const struct run *run)
{
    enum sevl_sev_product product = run->chain.authority[SEVL_SEV_ARK].product;
    if (product == SEVL_SEV_PRODUCT_OWN)
        return cli_line(PORT_OUT, "OK: the report is genuine, by the PEK of a platform of your own "
                                  "root's, not of AMD's");
    return cli_line(PORT_OUT, "OK: the report is genuine, by the PEK of a ",
                    platform_product_name(product), " processor of AMD's");
}

static bool print_ok(const struct run *run)
{
    return print_signer(run) && cli_line(PORT_OUT, "Nonce: ", run->values.nonce.got) &&
           cli_line(PORT_OUT, "Launch digest: ", run->values.launch_digest.got) &&
           cli_line(PORT_OUT, "Policy: ", run->values.policy.got) &&
           platform_checks_print_not_made(&run->checks, PORT_OUT) &&
           cli_line(PORT_OUT, "The report binds no session: a host can answer with that of another "
                              "guest of this digest. It is never a ground to release a secret.");
}

static bool print_json(const struct run *run)
{
    struct cli_json json;
    verdict_json_begin(&json, "sev", run->is_good);
    verdict_json_files(&json, &run->store);
    platform_json_put(&json, &run->chain, &run->files, SEVL_SEV_PEK);
    cli_json_line(&json, "  \"report\": {\"nonce\": \"", run->values.nonce.got,
                  "\", \"launch-digest\": \"", run->values.launch_digest.got,
                  "\", \"policy\": ", text_decimal(run->file.report.policy).text,
                  ", \"binds-session\": false},");
    platform_checks_put(&json, &run->checks);
    return cli_json_end(&json);
}

static bool print_answer(const struct run *run)
{
    if (cli_has(&run->arguments, REPORT_OPTION_JSON))
        return print_json(run);
    return !run->is_good || run->console.quiet || print_ok(run);
}

static enum cli_code answer(struct run *run)
{
    platform_checks_tell_failures(&run->checks, &run->console);
    enum cli_code code = cli_check_printed(&run->console, print_answer(run));
    if (code != CLI_GO_ON)
        return code;
    return run->is_good ? CLI_SUCCESS : CLI_MISMATCH;
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(struct run *) = {read_request, read_report, read_files,
                                                           verify, answer};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code;
}

enum cli_code sev_report(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    struct chain_words expanded;
    memset(&run, 0, sizeof run);
    store_begin(&run.store, buffer);
    enum cli_code code = cli_parse(&run.arguments, &run.console, &sev_report_command,
                                   chain_words_expand(&expanded, words));
    if (code != CLI_GO_ON)
        return code;
    if (cli_has(&run.arguments, REPORT_OPTION_HELP))
        return cli_print_help(&sev_report_command, &run.console);
    return run_steps(&run);
}
