/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_chain.h"

#include <string.h>

#include "chain_words.h"
#include "cli/check.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/text.h"
#include "cli/values.h"
#include "platform_checks.h"
#include "platform_chip.h"
#include "platform_json.h"
#include "platform_missing.h"
#include "sev_chain_options.h"
#include "verdict_json.h"

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct store store;
    struct platform_trust trust;
    struct platform_files files;
    struct platform_chain chain;
    enum sevl_result verdict;
    struct platform_checks checks;
};

static const struct platform_trust_options trust_options = {
    .ark_fingerprint = CHAIN_OPTION_ARK_FINGERPRINT,
    .oca_fingerprint = CHAIN_OPTION_OCA_FINGERPRINT,
};

static enum cli_code read_request(struct run *run)
{
    enum cli_code code = cli_check(&run->arguments, &run->console);
    if (code == CLI_GO_ON)
        code = cli_require(&run->arguments, &run->console, CHAIN_OPTION_CHAIN);
    return code == CLI_GO_ON
               ? platform_trust_read(&run->trust, &run->console, &run->arguments, &trust_options)
               : code;
}

static enum cli_code read_files(struct run *run)
{
    return platform_files_read(&run->files, &run->store, &run->console, &run->arguments,
                               CHAIN_OPTION_CHAIN);
}

static enum cli_code read_chip(struct run *run)
{
    return platform_chip_read(&run->files, &run->console, &run->arguments, CHAIN_OPTION_CHIP_ID);
}

static enum cli_code check_missing(struct run *run)
{
    return platform_missing_check(&run->files, &run->console, "--chain", SEVL_SEV_PDH);
}

static enum cli_code verify(struct run *run)
{
    run->verdict = platform_chain_verify(&run->chain, &run->files, &run->trust, SEVL_SEV_PDH);
    if (run->verdict == SEVL_ERROR_CRYPTO)
        return cli_error(&run->console, CLI_FAILED, "the hash of a certificate failed");
    platform_checks_add_chain(&run->checks, &run->chain, &run->trust, SEVL_SEV_PDH);
    platform_chain_debug(&run->chain, &run->console, SEVL_SEV_PDH);
    return CLI_GO_ON;
}

static bool print_root(const struct run *run)
{
    static const char rest[] = ": all its certificates hold, from the ARK to the PDH";
    enum sevl_sev_product product = run->chain.authority[SEVL_SEV_ARK].product;
    if (product == SEVL_SEV_PRODUCT_OWN)
        return cli_line(PORT_OUT, "OK: the platform is one of your own root's, not of AMD's", rest);
    return cli_line(PORT_OUT, "OK: the platform is a ", platform_product_name(product),
                    " processor of AMD's", rest);
}

static bool print_links(const struct run *run)
{
    for (int i = SEVL_SEV_ARK; i < PLATFORM_KINDS; i++) {
        enum sevl_sev_certificate_kind kind = (enum sevl_sev_certificate_kind)i;
        if (!cli_line(PORT_OUT, platform_kind_name(kind), ": ",
                      platform_link_got(&run->chain, kind), "; fingerprint ",
                      platform_fingerprint_text(&run->chain, kind).text))
            return false;
    }
    return true;
}

static bool print_owner(const struct run *run)
{
    const struct sevl_sev_certificate *oca = &run->files.certificate[SEVL_SEV_OCA];
    if (run->trust.has_oca)
        return cli_line(PORT_OUT, "Owner: the one that is expected, by the OCA's fingerprint");
    return cli_line(PORT_OUT, "Owner: not checked. The OCA has API ", platform_api_text(oca).text,
                    platform_made_oca(oca) ? ": the platform probably made it itself"
                                           : ": an owner probably brought it");
}

static bool print_ok(const struct run *run)
{
    return print_root(run) && print_links(run) &&
           cli_line(PORT_OUT, "API of the firmware that made the PEK: ",
                    platform_api_text(&run->files.certificate[SEVL_SEV_PEK]).text,
                    "; what runs now can be older or newer") &&
           print_owner(run) && platform_checks_print_not_made(&run->checks, PORT_OUT);
}

static bool print_json(const struct run *run)
{
    struct cli_json json;
    verdict_json_begin(&json, "sev", run->verdict == SEVL_MATCH);
    verdict_json_files(&json, &run->store);
    platform_json_put(&json, &run->chain, &run->files, SEVL_SEV_PDH);
    platform_checks_put(&json, &run->checks);
    return cli_json_end(&json);
}

static bool print_answer(const struct run *run)
{
    if (cli_has(&run->arguments, CHAIN_OPTION_JSON))
        return print_json(run);
    return run->verdict != SEVL_MATCH || run->console.quiet || print_ok(run);
}

static enum cli_code answer(struct run *run)
{
    platform_checks_tell_failures(&run->checks, &run->console);
    enum cli_code code = cli_check_printed(&run->console, print_answer(run));
    if (code != CLI_GO_ON)
        return code;
    return run->verdict == SEVL_MATCH ? CLI_SUCCESS : CLI_MISMATCH;
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(struct run *) = {read_request,  read_files, read_chip,
                                                           check_missing, verify,     answer};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code;
}

enum cli_code sev_chain(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    struct chain_words expanded;
    memset(&run, 0, sizeof run);
    run.verdict = SEVL_ERROR_STATE;
    store_begin(&run.store, buffer);
    enum cli_code code = cli_parse(&run.arguments, &run.console, &sev_chain_command,
                                   chain_words_expand(&expanded, words));
    if (code != CLI_GO_ON)
        return code;
    if (cli_has(&run.arguments, CHAIN_OPTION_HELP))
        return cli_print_help(&sev_chain_command, &run.console);
    return run_steps(&run);
}
