/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_digest.h"

#include <string.h>

#include "cli/help.h"
#include "cli/parse.h"
#include "digest_format.h"
#include "snp_guest.h"
#include "snp_info.h"
#include "snp_json.h"
#include "snp_verdict.h"

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct store store;       /* keeps a report */
    struct cli_buffer buffer; /* for files: what a report leaves */
    struct snp_expected expected;
    struct snp_guest guest;
    struct snp_json json;
};

static enum cli_code read_request(struct run *run)
{
    return snp_request_read(&run->guest.request, &run->console, &run->arguments);
}

static enum cli_code read_expected(struct run *run)
{
    enum cli_code code =
        snp_expected_read(&run->expected, &run->arguments, &run->store, &run->console);
    if (run->expected.is_report)
        run->buffer = run->store.buffer;
    return code;
}

static enum cli_code read_guest(struct run *run)
{
    return snp_guest_read(&run->guest, &run->console, run->expected.is_given, run->buffer);
}

/* Of a firmware that a guest can be launched with: what comes before the CPUs is computed. */
static enum cli_code write_info(struct run *run)
{
    const char *path = run->arguments.value[SNP_OPTION_FIRMWARE_INFO_OUT];
    return path == NULL ? CLI_GO_ON : snp_info_write(&run->guest.firmware, &run->console, path);
}

static enum cli_code print_value(void *context, const struct snp_value *value)
{
    const struct run *run = context;
    return digest_format_print(&run->console, run->guest.request.is_base64, value->digest,
                               sizeof value->digest);
}

static enum cli_code put_value(void *context, const struct snp_value *value)
{
    struct run *run = context;
    snp_json_value(&run->json, value);
    return CLI_GO_ON;
}

static enum cli_code judge(struct run *run)
{
    const struct snp_verdict verdict = {.console = &run->console,
                                        .is_json = cli_has(&run->arguments, SNP_OPTION_JSON),
                                        .guest = &run->guest,
                                        .expected = &run->expected};
    return snp_verdict(&verdict);
}

static enum cli_code print_values(struct run *run)
{
    const struct snp_guest *guest = &run->guest;
    if (run->expected.is_given)
        return judge(run);
    if (snp_request_values(&guest->request) == 0)
        return CLI_GO_ON;
    if (!cli_has(&run->arguments, SNP_OPTION_JSON) && snp_request_values(&guest->request) == 1)
        return snp_series_compute(&guest->series, print_value, run);
    snp_json_begin(&run->json, &guest->request, &guest->firmware, &guest->kernel);
    enum cli_code code = snp_series_compute(&guest->series, put_value, run);
    if (code != CLI_GO_ON)
        return code;
    return cli_check_printed(&run->console, snp_json_end(&run->json));
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(struct run *) = {read_request, read_expected, read_guest,
                                                           write_info, print_values};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

enum cli_code snp_digest(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    memset(&run, 0, sizeof run);
    run.buffer = buffer;
    store_begin(&run.store, buffer);
    enum cli_code code = cli_parse(&run.arguments, &run.console, &snp_digest_command, words);
    if (code != CLI_GO_ON)
        return code;
    if (cli_has(&run.arguments, SNP_OPTION_HELP))
        return cli_print_help(&snp_digest_command, &run.console);
    return run_steps(&run);
}
