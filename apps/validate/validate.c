/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "validate.h"

#include <sevlaunch/sev/self_test.h>
#include <sevlaunch/wipe.h>
#include <string.h>

#include "cli/help.h"
#include "cli/parse.h"
#include "cli/text.h"
#include "cpus.h"
#include "evidence.h"
#include "hints.h"
#include "keys.h"
#include "reference.h"
#include "reference_output.h"
#include "secrets.h"
#include "then.h"
#include "verdict_json.h"

/* One run of the command. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct cli_buffer buffer;
    struct request request;
    struct host_evidence evidence;
    struct reference reference;
    struct keys keys;
    struct sevl_findings findings;
};

/* The computed MEASURE would let the host forge this one launch: --debug only. */
static void debug_measure(const struct run *run)
{
    const struct sevl_evidence *evidence = &run->evidence.values;
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    uint8_t computed[SEVL_MEASURE_SIZE];
    if (!run->console.debug)
        return;
    sevl_measurement_message(&evidence->launch, run->reference.values.launch_digest,
                             evidence->measurement.mnonce, message);
    cli_debug(&run->console, "Measured-msg(hex)", message, sizeof message);
    cli_debug(&run->console, "Measurement reported(hex)", evidence->measurement.measure,
              SEVL_MEASURE_SIZE);
    if (sevl_measurement_compute(run->keys.tik, message, computed) == SEVL_OK)
        cli_debug(&run->console, "Measurement computed(hex)", computed, sizeof computed);
    sevl_wipe(computed, sizeof computed);
}

/* Returns whether the diagnosis was made; it changes no verdict. */
static bool diagnose(struct run *run)
{
    if (!run->request.wants_hints)
        return false;
    bool has_tek = cli_has(&run->arguments, OPTION_TK) || cli_has(&run->arguments, OPTION_TEK);
    enum sevl_result result =
        sevl_diagnose(&run->reference.values, &run->evidence.values, has_tek ? run->keys.tek : NULL,
                      run->keys.tik, reference_scratch(&run->reference), SEVLAUNCH_SEARCH_BLOCKS,
                      &run->findings);
    return result == SEVL_OK || result == SEVL_ERROR_ABSENT;
}

static enum cli_code print_json(const struct run *run, enum sevl_result verdict,
                                const struct sevl_findings *findings)
{
    if (!cli_has(&run->arguments, OPTION_JSON))
        return CLI_GO_ON;
    return cli_check_printed(&run->console, verdict_json_print(&run->reference, &run->evidence,
                                                               verdict, findings));
}

/* A mismatch stays one when its JSON is lost: that is said, too. */
static enum cli_code answer_mismatch(struct run *run)
{
    const struct cli_console *console = &run->console;
    enum cli_code code =
        cli_error(console, CLI_MISMATCH, "Measurement does not match, VM is not trustworthy");
    bool diagnosed = diagnose(run);
    if (diagnosed) {
        hints_print(console, &run->reference.values, &run->findings);
        domain_print_hints(&run->evidence.domain, console);
    }
    enum cli_code printed = print_json(run, SEVL_MISMATCH, diagnosed ? &run->findings : NULL);
    return printed == CLI_GO_ON ? code : printed;
}

/* Unless quiet; JSON takes the place of the texts. */
static enum cli_code print_text(const struct run *run, const char *before, const char *number,
                                const char *after)
{
    if (run->console.quiet || cli_has(&run->arguments, OPTION_JSON))
        return CLI_GO_ON;
    return cli_check_printed(&run->console, cli_line(PORT_OUT, before, number, after));
}

static enum cli_code inject(struct run *run, enum sevl_result verdict)
{
    const struct injection injection = {&run->request, &run->reference,
                                        &run->keys,    run->evidence.values.measurement.measure,
                                        verdict,       &run->reference.warnings};
    if (!cli_has(&run->arguments, OPTION_INJECT_SECRET))
        return CLI_GO_ON;
    enum cli_code code = secrets_inject(&run->console, &injection);
    if (code == CLI_GO_ON)
        code = print_text(run, "OK: Injected ",
                          text_decimal(cli_count(&run->arguments, OPTION_INJECT_SECRET)).text,
                          " secrets");
    return code;
}

/*
 * The exit code is that of success once everything that was asked for is done. A packet is
 * written only when the next program is loaded. JSON comes last: a program that reads a match
 * must not find that the rest failed.
 */
static enum cli_code answer_match(struct run *run, enum sevl_result verdict)
{
    enum cli_code code = print_text(run, "OK: Looks good to me", "", "");
    if (code == CLI_GO_ON)
        code = then_load(&run->arguments, &run->console);
    if (code == CLI_GO_ON)
        code = inject(run, verdict);
    if (code == CLI_GO_ON)
        code = print_json(run, verdict, NULL);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

/* The steps of a measurement, in their order: see the table below. */

static enum cli_code read_request(struct run *run)
{
    return request_read(&run->request, &run->console, &run->arguments);
}

static enum cli_code read_evidence(struct run *run)
{
    return evidence_read(&run->evidence, &run->console, &run->request, run->buffer);
}

static enum cli_code check_cpus(struct run *run)
{
    if (!cli_has(&run->arguments, OPTION_FIRMWARE))
        return CLI_GO_ON;
    return cpus_check(&run->request, &run->console, run->evidence.values.launch.policy);
}

static enum cli_code read_reference(struct run *run)
{
    return reference_read(&run->reference, &run->console, &run->request,
                          run->evidence.values.launch.policy, run->buffer);
}

static enum cli_code write_pages(struct run *run)
{
    const char *path = run->arguments.value[OPTION_VMSA_OUT];
    if (path == NULL)
        return CLI_GO_ON;
    return reference_write_pages(&run->console, path, &run->reference);
}

static enum cli_code read_keys(struct run *run)
{
    return keys_read(&run->keys, &run->console, &run->request);
}

/* Values to expect, beside a verdict or alone. */
static enum cli_code print_expected(struct run *run)
{
    const struct request *request = &run->request;
    enum cli_code code =
        reference_print_digest(&run->console, request->digest_format, &run->reference);
    if (code == CLI_GO_ON)
        code = reference_print_measurement(&run->console, request->measurement_format,
                                           &run->reference, &run->evidence, run->keys.tik);
    return code;
}

static enum cli_code judge(struct run *run)
{
    const struct sevl_evidence *evidence = &run->evidence.values;
    if (run->request.purpose == PURPOSE_EXPECT)
        return CLI_SUCCESS;
    debug_measure(run);
    enum sevl_result verdict =
        sevl_measurement_verify(run->keys.tik, &evidence->launch,
                                run->reference.values.launch_digest, &evidence->measurement);
    if (verdict == SEVL_MATCH)
        return answer_match(run, verdict);
    if (verdict == SEVL_MISMATCH)
        return answer_mismatch(run);
    return cli_error(&run->console, CLI_FAILED, "HMAC-SHA256 failed");
}

static enum cli_code measure(struct run *run)
{
    /* Keys come late, so that they are in memory for as short as may be. */
    static enum cli_code (*const steps[])(
        struct run *) = {read_request, read_evidence, check_cpus,     read_reference,
                         write_pages,  read_keys,     print_expected, judge};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    keys_wipe(&run->keys);
    return code;
}

static enum cli_code self_test(const struct run *run)
{
    const struct cli_console *console = &run->console;
    if (sevl_self_test() != SEVL_OK)
        return cli_error(console, CLI_FAILED,
                         "self-test: this machine or build computes wrong measurements");
    enum cli_code code = print_text(run, "OK: self-test passed", "", "");
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

static enum cli_code serve(struct run *run)
{
    enum purpose purpose = purpose_of(&run->arguments);
    enum cli_code code = purpose_check(&run->arguments, &run->console, purpose);
    if (code != CLI_GO_ON)
        return code;
    switch (purpose) {
    case PURPOSE_HELP:
        return cli_print_help(&validate_command, &run->console);
    case PURPOSE_VERSION:
        return cli_print_version(&validate_command, &run->console);
    case PURPOSE_SELF_TEST:
        return self_test(run);
    default:
        return measure(run);
    }
}

enum cli_code validate(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    memset(&run, 0, sizeof run);
    run.buffer = buffer;
    enum cli_code code = cli_parse(&run.arguments, &run.console, &validate_command, words);
    if (code == CLI_GO_ON)
        code = serve(&run);
    return cli_exit_code(code);
}
