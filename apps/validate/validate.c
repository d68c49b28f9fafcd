/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "validate.h"

#include <sevlaunch/self_test.h>
#include <sevlaunch/wipe.h>

#include "help.h"
#include "request.h"

/* In the order of a TK file. */
struct keys {
    uint8_t tek[SEVL_TEK_SIZE];
    uint8_t tik[SEVL_TIK_SIZE];
};

_Static_assert(sizeof(struct keys) == 32, "a TK file is read into it");

static bool read_keys(struct keys *keys, struct console *console, const struct request *request)
{
    if (request->tk != NULL)
        return input_key((uint8_t *)keys, sizeof *keys, console, "--tk", request->tk);
    return input_key(keys->tik, sizeof keys->tik, console, "--tik", request->tik) &&
           input_key(keys->tek, sizeof keys->tek, console, "--tek", request->tek);
}

static bool digest_firmware(struct request *request, struct console *console, struct buffer buffer)
{
    struct sevl_digest digest;
    enum sevl_result result = sevl_digest_init(&digest);
    if (result == SEVL_OK && !input_digest(&digest, console, request->firmware, buffer)) {
        sevl_digest_wipe(&digest);
        return false;
    }
    if (result == SEVL_OK)
        result = sevl_digest_finish(&digest, request->launch_digest);
    if (result != SEVL_OK)
        return console_fail(console, CODE_FAILED, "SHA-256 failed");
    console_debug(console, "Loader(sha256)", request->launch_digest, SEVL_SHA256_SIZE);
    return true;
}

/* The computed MEASURE would let the host forge this one launch: --debug only. */
static void debug_measure(const struct console *console, const struct request *request,
                          const uint8_t tik[SEVL_TIK_SIZE])
{
    uint8_t message[SEVL_MESSAGE_SIZE];
    uint8_t computed[SEVL_MEASURE_SIZE];
    console_debug(console, "Measured-data(sha256)", request->launch_digest, SEVL_SHA256_SIZE);
    sevl_measure_message(&request->launch, request->launch_digest, request->reported.mnonce,
                         message);
    console_debug(console, "Measured-msg(hex)", message, sizeof message);
    console_debug(console, "Measurement reported(hex)", request->reported.measure,
                  SEVL_MEASURE_SIZE);
    if (sevl_measure(tik, message, computed) == SEVL_OK)
        console_debug(console, "Measurement computed(hex)", computed, sizeof computed);
    sevl_wipe(computed, sizeof computed);
}

static enum sevl_result judge(const struct console *console, const struct request *request,
                              const uint8_t tik[SEVL_TIK_SIZE])
{
    if (console->debug)
        debug_measure(console, request, tik);
    return sevl_verify(tik, &request->launch, request->launch_digest, &request->reported);
}

/* What was asked for is done once it is printed, not before. */
static void succeed(struct console *console, bool printed)
{
    if (printed)
        console->code = CODE_MATCH;
    else
        console_fail(console, CODE_FAILED, "cannot write to standard output");
}

static void report(struct console *console, enum sevl_result verdict)
{
    if (verdict == SEVL_MISMATCH)
        console_fail(console, CODE_MISMATCH, "Measurement does not match, VM is not trustworthy");
    else if (verdict != SEVL_MATCH)
        console_fail(console, CODE_FAILED, "HMAC-SHA256 failed");
    else
        succeed(console, console->quiet || console_line(PORT_OUT, "OK: Looks good to me"));
}

/* Keys come last, so that they are in memory for as short as may be. */
static void run(struct request *request, struct console *console, struct buffer buffer)
{
    struct keys keys;
    if (request->firmware != NULL && !digest_firmware(request, console, buffer))
        return;
    if (read_keys(&keys, console, request))
        report(console, judge(console, request, keys.tik));
    sevl_wipe(&keys, sizeof keys);
}

/* Its success must not pass for a verdict on the options beside it. */
static bool is_alone(const struct options *options)
{
    for (int i = OPTION_MEASUREMENT; i < OPTION_COUNT; i++)
        if (options->value[i] != NULL)
            return false;
    return true;
}

static void self_test(struct console *console, const struct options *options)
{
    if (!is_alone(options))
        console_fail(console, CODE_USAGE, "--self-test validates no guest: give it alone");
    else if (sevl_self_test() != SEVL_OK)
        console_fail(console, CODE_FAILED,
                     "self-test: this machine or build computes wrong measurements");
    else
        succeed(console, console->quiet || console_line(PORT_OUT, "OK: self-test passed"));
}

enum exit_code validate(const char *const arguments[], struct buffer buffer)
{
    struct console console = {.code = CODE_FAILED};
    struct options options;
    struct request request;
    if (!options_parse(&options, &console, arguments))
        return console.code;
    if (options.value[OPTION_HELP] != NULL)
        succeed(&console, help_print());
    else if (options.value[OPTION_VERSION] != NULL)
        succeed(&console, help_print_version());
    else if (options.value[OPTION_SELF_TEST] != NULL)
        self_test(&console, &options);
    else if (request_read(&request, &console, &options))
        run(&request, &console, buffer);
    return console.code;
}
