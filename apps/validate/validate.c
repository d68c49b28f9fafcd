/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "validate.h"

#include <sevlaunch/sev/self_test.h>
#include <sevlaunch/wipe.h>
#include <string.h>

#include "cpus.h"
#include "evidence.h"
#include "help.h"
#include "hints.h"
#include "json.h"
#include "keys.h"
#include "outputs.h"
#include "reference.h"
#include "reference_output.h"
#include "secrets.h"
#include "text.h"

/* One run of the command. */
struct run {
    struct console console;
    struct options options;
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
    console_debug(&run->console, "Measured-msg(hex)", message, sizeof message);
    console_debug(&run->console, "Measurement reported(hex)", evidence->measurement.measure,
                  SEVL_MEASURE_SIZE);
    if (sevl_measurement_compute(run->keys.tik, message, computed) == SEVL_OK)
        console_debug(&run->console, "Measurement computed(hex)", computed, sizeof computed);
    sevl_wipe(computed, sizeof computed);
}

static enum sevl_result judge(const struct run *run)
{
    const struct sevl_evidence *evidence = &run->evidence.values;
    debug_measure(run);
    return sevl_measurement_verify(run->keys.tik, &evidence->launch,
                                   run->reference.values.launch_digest, &evidence->measurement);
}

/* Returns whether the diagnosis was made; it changes no verdict. */
static bool diagnose(struct run *run)
{
    bool is_asked = options_have(&run->options, OPTION_JSON) || !run->console.quiet;
    if (options_have(&run->options, OPTION_NO_HINTS) || !is_asked)
        return false;
    enum sevl_result result =
        sevl_diagnose(&run->reference.values, &run->evidence.values, run->keys.tek, run->keys.tik,
                      reference_scratch(&run->reference), &run->findings);
    return result == SEVL_OK || result == SEVL_ERROR_ABSENT;
}

static bool print_json(struct run *run, enum sevl_result verdict,
                       const struct sevl_findings *findings)
{
    return !options_have(&run->options, OPTION_JSON) ||
           json_print(&run->reference, &run->evidence, verdict, findings) ||
           console_fail(&run->console, CODE_FAILED, "cannot write to standard output");
}

static void refuse(struct run *run)
{
    struct console *console = &run->console;
    console_fail(console, CODE_MISMATCH, "Measurement does not match, VM is not trustworthy");
    bool diagnosed = diagnose(run);
    if (diagnosed)
        hints_print(console, &run->findings);
    (void)print_json(run, SEVL_MISMATCH, diagnosed ? &run->findings : NULL);
}

/* JSON takes the place of the texts. */
static bool shows_text(const struct run *run)
{
    return !run->console.quiet && !options_have(&run->options, OPTION_JSON);
}

static bool inject(struct run *run, enum sevl_result verdict)
{
    struct console *console = &run->console;
    if (run->options.secrets == 0)
        return true;
    const struct injection injection = {&run->request, &run->reference, &run->keys,
                                        run->evidence.values.measurement.measure, verdict};
    if (!secrets_inject(console, &run->options, &injection))
        return false;
    return !shows_text(run) ||
           console_line(PORT_OUT, "OK: Injected ", decimal((uint64_t)run->options.secrets).text,
                        " secrets") ||
           console_fail(console, CODE_FAILED, "cannot write to standard output");
}

/*
 * The exit code is that of success once everything that was asked for is done. JSON comes
 * last: a program that reads a match must not find that the rest failed.
 */
static void accept(struct run *run, enum sevl_result verdict)
{
    struct console *console = &run->console;
    if ((!shows_text(run) || console_print(console, "OK: Looks good to me")) &&
        inject(run, verdict) && print_json(run, verdict, NULL))
        console->code = CODE_MATCH;
}

static void report(struct run *run, enum sevl_result verdict)
{
    if (verdict == SEVL_MATCH)
        accept(run, verdict);
    else if (verdict == SEVL_MISMATCH)
        refuse(run);
    else
        console_fail(&run->console, CODE_FAILED, "HMAC-SHA256 failed");
}

static bool has_keys(const struct request *request)
{
    return request->tk != NULL || request->tik != NULL;
}

/* Values to expect, beside a verdict or alone. */
static bool print_expected(struct run *run)
{
    struct console *console = &run->console;
    const struct request *request = &run->request;
    return reference_print_digest(console, request->digest_format, &run->reference) &&
           reference_print_measurement(console, request->measurement_format, &run->reference,
                                       &run->evidence, run->keys.tik);
}

/* Keys come last, so that they are in memory for as short as may be. */
static void use_keys(struct run *run)
{
    if (has_keys(&run->request) && !keys_read(&run->keys, &run->console, &run->request))
        return;
    if (!print_expected(run))
        return;
    if (run->request.purpose == PURPOSE_EXPECT)
        run->console.code = CODE_MATCH;
    else
        report(run, judge(run));
}

static bool check_cpus(struct run *run)
{
    bool is_es = sevl_policy_is_es(run->evidence.values.launch.policy);
    return !is_es || run->request.firmware == NULL || cpus_check(&run->request, &run->console);
}

static bool write_pages(struct run *run)
{
    const char *path = run->request.vmsa_out;
    return path == NULL || reference_write_pages(&run->console, path, &run->reference);
}

static void measure(struct run *run, struct buffer buffer)
{
    struct console *console = &run->console;
    if (request_read(&run->request, console, &run->options) &&
        secrets_check(console, &run->options) && outputs_check(console, &run->options) &&
        evidence_read(&run->evidence, console, &run->options, &run->request, buffer) &&
        check_cpus(run) &&
        reference_read(&run->reference, console, &run->request, run->evidence.values.launch.policy,
                       buffer) &&
        write_pages(run))
        use_keys(run);
}

static void self_test(struct run *run)
{
    struct console *console = &run->console;
    if (sevl_self_test() != SEVL_OK)
        console_fail(console, CODE_FAILED,
                     "self-test: this machine or build computes wrong measurements");
    else if (console->quiet || console_print(console, "OK: self-test passed"))
        console->code = CODE_MATCH;
}

static void show(struct console *console, bool printed)
{
    if (printed)
        console->code = CODE_MATCH;
    else
        console_fail(console, CODE_FAILED, "cannot write to standard output");
}

static void serve(struct run *run, struct buffer buffer)
{
    enum purpose purpose = purpose_of(&run->options);
    if (!purpose_check(&run->options, &run->console, purpose))
        return;
    if (purpose == PURPOSE_HELP)
        show(&run->console, help_print());
    else if (purpose == PURPOSE_VERSION)
        show(&run->console, help_print_version());
    else if (purpose == PURPOSE_SELF_TEST)
        self_test(run);
    else
        measure(run, buffer);
}

enum exit_code validate(const char *const arguments[], struct buffer buffer)
{
    struct run run;
    memset(&run, 0, sizeof run);
    run.console.code = CODE_FAILED;
    if (!options_parse(&run.options, &run.console, arguments))
        return run.console.code;
    serve(&run, buffer);
    keys_wipe(&run.keys);
    return run.console.code;
}
