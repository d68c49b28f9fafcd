/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Runs of `sevlaunch`, with every fault at every call: sevlaunch INPUT... of the fuzz target of
 * that name. One that ends in success has the answer that a run without a fault gives to the
 * bytes which were delivered, in print and in all of its files.
 */
#include "subcommands.h"

#include <stdio.h>

#include "command_input.h"
#include "fault_plan.h"

#define INPUT_MAX 65536
#define OUTPUTS 3

static const char *const outputs[OUTPUTS] = {"o", "k", "p"};

/* What a run left behind. */
struct outcome {
    enum cli_code code;
    struct memory_text out;
    bool is_there[OUTPUTS];
    struct memory_sink file[OUTPUTS];
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
    for (size_t i = 0; i < OUTPUTS; i++) {
        const struct memory_sink *written = memory_written(outputs[i]);
        outcome->is_there[i] = written != NULL;
        if (written != NULL)
            outcome->file[i] = *written;
    }
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
    struct memory_setting setting = {.files = files, .count = take_delivered(files)};
    bool is_blind = fault == DOES_NOTHING || fault == DOES_HALF;
    run(&right, setting, 0, FAULT_NONE);
    REQUIRE(right.code == CLI_SUCCESS);
    if (!is_blind || call == CALL_ERR)
        require_same(outcome, &right, true);
    free_outcome(&right);
    free_delivered(files);
}

static bool is_failure(enum fault fault, enum call call)
{
    return call != CALL_ERR &&
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

/* Of the last run. */
static void check(const struct outcome *outcome, const struct outcome *usual, enum fault fault,
                  enum call call)
{
    REQUIRE(outcome->code == CLI_SUCCESS || outcome->code == CLI_MISMATCH ||
            outcome->code == CLI_USAGE || outcome->code == CLI_FAILED);
    REQUIRE(!is_failure(fault, call) || outcome->code == CLI_FAILED);
    REQUIRE(outcome->code == CLI_SUCCESS || call == CALL_OUT || outcome->out.length == 0);
    if (call != CALL_ERR && fault != FAILS_EVER_SINCE)
        REQUIRE(memory_count_lines(PORT_ERR, "ERROR: ") == (outcome->code == CLI_SUCCESS ? 0 : 1));
    if (is_harmless(fault, call))
        require_same(outcome, usual, true);
    check_files(outcome, usual, call);
    if (outcome->code == CLI_SUCCESS)
        check_success(outcome, fault, call);
}

static void run_faults(size_t stride)
{
    static struct outcome usual;
    static struct outcome outcome;
    enum call call[CALLS_MAX];
    command.setting.stride = stride;
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
