/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Runs of `sevlaunch`, with every fault at every call: sevlaunch INPUT... of the fuzz target of
 * that name. One that ends in success has the answer that a run without a fault gives to the
 * bytes and the time which were delivered, in print and in all of its files; without a time, it
 * says that dates were not checked.
 */
#include "subcommands.h"

#include <stdio.h>

#include "command_input.h"
#include "fault_plan.h"

#define INPUT_MAX 65536
#define OUTPUTS 9
#define NOW 1780272000 /* 2026-06-01 */

static const char *const outputs[OUTPUTS] = {
    "o",          "k",          "p",          "vm_godh.b64",  "vm_session.b64",
    "vm_tek.bin", "vm_tik.bin", "s_godh.b64", "s_session.b64"};

/* What a run left behind. */
struct outcome {
    enum cli_code code;
    struct memory_text out;
    bool is_there[OUTPUTS];
    struct memory_sink file[OUTPUTS];
    bool has_next; /* a program that starts if the code is 0 */
};

static struct command_input command;
static unsigned long runs;

static void run(struct outcome *outcome, struct memory_setting setting, unsigned n,
                enum fault fault)
{
    memory_start(setting);
    plan_start(setting.files, setting.count, n, fault);
    outcome->code = sevlaunch(command.words, command.buffer);
    memory_check_end();
    REQUIRE(plan_calls() >= n);
    runs++;
    struct memory_text out = memory_printed(PORT_OUT);
    outcome->out = (struct memory_text){copy(out.text, out.length), out.length};
    outcome->has_next = memory_next() != NULL;
    for (size_t i = 0; i < OUTPUTS; i++) {
        const struct memory_sink *written = memory_written(outputs[i]);
        outcome->is_there[i] = written != NULL;
        if (written != NULL)
            outcome->file[i] = *written;
    }
}

/* Whether a report or a platform is verified: each check that fails then has a line. */
static bool is_verification(void)
{
    static const char *const names[] = {"snp-verify", "sev-chain", "sev-report", "sev-session"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(command.words[0], names[i]) == 0)
            return true;
    return false;
}

static bool says(const struct outcome *outcome, const char *words)
{
    char *text = copy_text(outcome->out.text, outcome->out.length);
    bool said = strstr(text, words) != NULL;
    free(text);
    return said;
}

static void free_outcome(struct outcome *outcome)
{
    free((void *)(uintptr_t)outcome->out.text);
}

static void require_same(const struct outcome *a, const struct outcome *b, bool with_files)
{
    REQUIRE(a->code == b->code && a->out.length == b->out.length);
    REQUIRE(memcmp(a->out.text, b->out.text, a->out.length) == 0);
    for (size_t i = 0; with_files && i < OUTPUTS; i++) {
        REQUIRE(a->is_there[i] == b->is_there[i]);
        REQUIRE(!a->is_there[i] ||
                (a->file[i].size == b->file[i].size &&
                 memcmp(a->file[i].bytes, b->file[i].bytes, a->file[i].size) == 0));
    }
}

/* Files as they were delivered; those that were not read are as they are. */
static size_t take_delivered(struct memory_file files[FILES_MAX])
{
    for (size_t i = 0; i < command.setting.count; i++) {
        const struct delivery *delivery = plan_delivery(command.files[i].name);
        files[i] = command.files[i];
        if (delivery == NULL)
            continue;
        files[i].bytes = copy(delivery->bytes, delivery->size);
        files[i].size = delivery->size;
    }
    return command.setting.count;
}

static void free_delivered(struct memory_file files[FILES_MAX])
{
    for (size_t i = 0; i < command.setting.count; i++)
        if (files[i].bytes != command.files[i].bytes)
            free((void *)(uintptr_t)files[i].bytes);
}

/* If a platform says that it has written or printed, the command believes it. */
static void check_success(const struct outcome *outcome, enum fault fault, enum call call)
{
    static struct outcome right;
    struct memory_file files[FILES_MAX];
    struct memory_setting setting = {.files = files,
                                     .count = take_delivered(files),
                                     .time = plan_time()};
    bool is_blind = fault == DOES_NOTHING || fault == DOES_HALF;
    run(&right, setting, 0, FAULT_NONE);
    REQUIRE(right.code == CLI_SUCCESS);
    if (!is_blind || call == CALL_ERR)
        require_same(outcome, &right, true);
    if (call == CALL_TIME)
        REQUIRE(setting.time == NOW ||
                (says(outcome, "\nNot checked: ") && says(outcome, " dates,")));
    free_outcome(&right);
    free_delivered(files);
}

/* Random bytes that are not random give no keys. */
static bool is_failure(enum fault fault, enum call call)
{
    if (call == CALL_RANDOM)
        return true;
    return call != CALL_ERR && call != CALL_TIME &&
           (fault == FAILS || fault == FAILS_EVER_SINCE || fault == FAILS_ONCE ||
            fault == FAILS_DONE || fault == FAILS_HALF_DONE || fault == COUNTS_ONE_MORE ||
            fault == COUNTS_ALL);
}

static bool is_harmless(enum fault fault, enum call call)
{
    return fault == READS_ONE || fault == READS_ONE_LESS ||
           (call == CALL_ERR && fault != FAILS_EVER_SINCE);
}

/* All files that are asked for, or none; and none of a run that was refused. */
static void check_files(const struct outcome *outcome, const struct outcome *usual, enum call call)
{
    bool may_be_there = outcome->code == CLI_SUCCESS || call == CALL_OUT;
    size_t count = 0;
    size_t asked = 0;
    for (size_t i = 0; i < OUTPUTS; i++) {
        count += outcome->is_there[i];
        asked += usual->is_there[i];
    }
    REQUIRE(count == 0 || (may_be_there && count == asked));
}

/* Without the program that is to follow, nothing succeeds; nor does it follow a mismatch. */
static void check_next(const struct outcome *outcome, const struct outcome *usual, bool is_lie)
{
    REQUIRE(outcome->code != CLI_SUCCESS || outcome->has_next == (usual->has_next && !is_lie));
    REQUIRE(!outcome->has_next ||
            (usual->has_next && (outcome->code == CLI_SUCCESS || outcome->code == CLI_FAILED)));
}

/* Each check of a verification that fails has a line of its own. */
static void check_errors(const struct outcome *outcome, enum call call)
{
    size_t errors = memory_count_lines(PORT_ERR, "ERROR: ");
    bool has_verdict = is_verification() && (outcome->code == CLI_MISMATCH || call == CALL_OUT);
    if (outcome->code == CLI_SUCCESS)
        REQUIRE(errors == 0);
    else
        REQUIRE(errors == 1 || (errors > 1 && has_verdict));
}

/* Nothing good is printed, and nothing at all but a verdict as JSON. */
static void check_refusal(const struct outcome *outcome)
{
    REQUIRE(!says(outcome, "OK: ") && !says(outcome, "\"verdict\": \"passed\""));
    REQUIRE(outcome->out.length == 0 || (is_verification() && outcome->code == CLI_MISMATCH &&
                                         says(outcome, "\"verdict\": \"failed\"")));
}

/* Of the last run. */
static void check(const struct outcome *outcome, const struct outcome *usual, enum fault fault,
                  enum call call)
{
    REQUIRE(outcome->code == CLI_SUCCESS || outcome->code == CLI_MISMATCH ||
            outcome->code == CLI_USAGE || outcome->code == CLI_FAILED);
    REQUIRE(!is_failure(fault, call) || outcome->code == CLI_FAILED);
    if (call != CALL_ERR && fault != FAILS_EVER_SINCE)
        check_errors(outcome, call);
    if (outcome->code != CLI_SUCCESS && call != CALL_OUT)
        check_refusal(outcome);
    if (is_harmless(fault, call))
        require_same(outcome, usual, true);
    check_files(outcome, usual, call);
    check_next(outcome, usual, fault == DOES_NOTHING && call == CALL_NEXT);
    if (outcome->code == CLI_SUCCESS)
        check_success(outcome, fault, call);
}

static void run_faults(size_t stride)
{
    static struct outcome usual;
    static struct outcome outcome;
    enum call call[CALLS_MAX];
    command.setting.stride = stride;
    command.setting.time = NOW;
    run(&usual, command.setting, 0, FAULT_NONE);
    unsigned calls = plan_calls();
    for (unsigned n = 1; n <= calls; n++)
        call[n - 1] = plan_call(n);
    for (unsigned n = 1; n <= calls; n++)
        for (int fault = FAULT_NONE + 1; fault < FAULTS; fault++) {
            if (!plan_applies((enum fault)fault, call[n - 1]))
                continue;
            run(&outcome, command.setting, n, (enum fault)fault);
            check(&outcome, &usual, (enum fault)fault, call[n - 1]);
            free_outcome(&outcome);
        }
    free_outcome(&usual);
}

static void run_input(const char *path)
{
    static uint8_t bytes[INPUT_MAX];
    FILE *file = fopen(path, "rb");
    REQUIRE(file != NULL);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    REQUIRE(fclose(file) == 0 && size > 0 && size < sizeof bytes);
    take_command_input(&command, bytes, size);
    REQUIRE(command.setting.failing_call == 0);
    run_faults(0);
    run_faults(1500);
    free_command_input(&command);
}

int main(int argc, char *argv[])
{
    for (int i = 1; i < argc; i++)
        run_input(argv[i]);
    (void)printf("%lu runs of %d inputs\n", runs, argc - 1);
    return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
