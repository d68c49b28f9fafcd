/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The whole command on any arguments and files. It ends as documented: with one error line
 * or none, nothing left open, no secret in the clear, and never in success if something
 * failed.
 */
#include "validate.h"

#include "cli/parse.h"
#include "command_input.h"
#include "options.h"

/* Do the options ask for a quiet run, for JSON? The target "options" checks the reading. */
struct manner {
    bool quiet;
    bool json;
};

static struct manner manner_of(const struct command_input *command)
{
    struct cli_arguments read;
    struct cli_console console = {.quiet = false};
    memory_start((struct memory_setting){.files = NULL});
    (void)!cli_parse(&read, &console, &validate_command, command->words);
    return (struct manner){console.quiet, cli_has(&read, OPTION_JSON)};
}

/* One error is one line, but a refusal and the loss of its JSON are two. */
static void check_complaints(struct manner manner, enum cli_code code)
{
    size_t errors = memory_count_lines(PORT_ERR, "ERROR: ");
    size_t debug = memory_count_lines(PORT_ERR, "[DEBUG]: ");
    bool may_lose_json = manner.json && code == CLI_FAILED && memory_has_failed();
    REQUIRE(!manner.quiet || memory_count_lines(PORT_ERR, "") == debug);
    REQUIRE(manner.quiet || (code == CLI_SUCCESS ? errors == 0 : errors >= 1));
    REQUIRE(errors <= (may_lose_json ? 2 : 1));
    REQUIRE(code == CLI_MISMATCH || may_lose_json || memory_count_lines(PORT_ERR, "HINT: ") == 0);
}

static void check_answers(struct manner manner, enum cli_code code)
{
    size_t answers = memory_count_lines(PORT_OUT, "OK: Looks good to me");
    size_t matches = memory_count_lines(PORT_OUT, "  \"verdict\": \"match\"");
    REQUIRE(!manner.quiet || memory_count_lines(PORT_OUT, "OK: ") == 0);
    REQUIRE(code != CLI_MISMATCH || (answers == 0 && memory_next() == NULL));
    REQUIRE(memory_next() == NULL || manner.quiet || manner.json || answers == 1);
    REQUIRE(matches == 0 || (manner.json && (code == CLI_SUCCESS || memory_has_failed())));
}

static void check_end(struct manner manner, enum cli_code code)
{
    memory_check_end();
    check_complaints(manner, code);
    check_answers(manner, code);
    REQUIRE(code == CLI_SUCCESS || code == CLI_MISMATCH || code == CLI_USAGE || code == CLI_FAILED);
    REQUIRE(code > CLI_MISMATCH || !memory_has_failed());
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct command_input command;
    take_command_input(&command, data, size);
    struct manner manner = manner_of(&command);
    memory_start(command.setting);
    check_end(manner, validate(command.words, command.buffer));
    free_command_input(&command);
    return 0;
}
