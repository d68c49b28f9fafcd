/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What commands are made of, for another command than the first. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/check.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/parse.h"
#include "cli/values.h"
#include "support.h"

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);
bool __wrap_port_commit(struct port_sink sinks[], size_t count);

static char said[4096];
static size_t failing_sink;

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    (void)stream;
    assert_true(strlen(said) + length < sizeof said);
    strncat(said, text, length);
    return true;
}

bool __wrap_port_commit(struct port_sink sinks[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        port_abandon(&sinks[i]);
    sinks[failing_sink].error = 5;
    return false;
}

enum { HELP, QUIET, DEBUG, CHAIN, KEY, TAG, REPORT, LONG, OPTIONS };

static const struct cli_option options[OPTIONS] = {
    [HELP] = {.name = "--help", .help = "help", .letter = 'h'},
    [QUIET] = {.name = "--quiet", .help = "say nothing"},
    [DEBUG] = {.name = "--debug", .help = "say more"},
    [CHAIN] = {.name = "--chain",
               .value = "PATH",
               .help = "certificates",
               .traits = CLI_INPUT,
               .needs = CLI_BIT(KEY),
               .excludes = CLI_BIT(TAG)},
    [KEY] = {.name = "--key",
             .value = "NAME:PATH",
             .help = "keys",
             .traits = CLI_REPEATS | CLI_INPUT | CLI_LABELLED},
    [TAG] = {.name = "--tag", .value = "TEXT", .help = "tags", .traits = CLI_REPEATS},
    [REPORT] = {.name = "--report", .value = "PATH", .help = "report", .traits = CLI_OUTPUT},
    [LONG] = {.name = "--name-that-leaves-no-room", .value = "IN-ITS-COLUMN", .help = "it"},
};
static const char *const no_lines[] = {NULL};
static const struct cli_command command = {.name = "other",
                                           .before = no_lines,
                                           .after = no_lines,
                                           .options = options,
                                           .count = OPTIONS,
                                           .help = HELP,
                                           .quiet = QUIET,
                                           .debug = DEBUG};
static struct cli_console console;
static struct cli_arguments arguments;

#define READ(...) read_words((const char *const[]){__VA_ARGS__, NULL})
static void read_words(const char *const words[])
{
    said[0] = '\0';
    assert_int_equal(cli_parse(&arguments, &console, &command, words), CLI_GO_ON);
}

static void values_of_options_that_repeat_are_kept_apart(void **state)
{
    (void)state;
    READ("--key=a:1", "--tag=x", "--key=b:2:3", "--tag", "", "--report=r", "--report=s");
    assert_int_equal(cli_count(&arguments, KEY), 2);
    assert_string_equal(cli_value(&arguments, KEY, 0), "a:1");
    assert_string_equal(cli_path(&arguments, KEY, 1), "2:3");
    assert_null(cli_path(&arguments, KEY, 2));
    assert_int_equal(cli_count(&arguments, TAG), 2);
    assert_string_equal(cli_path(&arguments, TAG, 0), "x");
    assert_string_equal(cli_value(&arguments, TAG, 1), "");
    assert_int_equal(cli_count(&arguments, REPORT), 1);
    assert_string_equal(cli_value(&arguments, REPORT, 0), "s");
    assert_int_equal(cli_count(&arguments, CHAIN), 0);
    READ("--key=no colon");
    assert_string_equal(cli_path(&arguments, KEY, 0), "");
}

static void assert_refused(const char *line)
{
    assert_int_equal(cli_check(&arguments, &console), CLI_USAGE);
    assert_string_equal(said, line);
}

static void the_table_says_what_fits(void **state)
{
    (void)state;
    READ("--chain=c", "--key=a:1");
    assert_int_equal(cli_check(&arguments, &console), CLI_GO_ON);
    READ("--chain=c");
    assert_refused("ERROR: --chain requires --key\n");
    READ("--chain=c", "--tag=x");
    assert_refused("ERROR: --chain is mutually exclusive with --tag\n");
    READ("--chain=-", "--key=a:-");
    assert_refused("ERROR: --chain and --key cannot both be -: standard input is read once\n");
    READ("--key=a:-", "--key=b:-");
    assert_refused("ERROR: two --key cannot both be -: standard input is read once\n");
    READ("--key=a:-", "--tag=-", "--tag=-");
    assert_int_equal(cli_check(&arguments, &console), CLI_GO_ON);
    READ("--report=-");
    assert_refused("ERROR: --report: expected a file to write, got '-', standard input\n");
    READ("--report=/f", "--key=a:1", "--key=b:/./f");
    assert_refused("ERROR: --report and --key name the same file\n");
    READ("--report=/f", "--tag=/f");
    assert_int_equal(cli_check(&arguments, &console), CLI_GO_ON);
}

static void a_maximum_may_be_less_than_a_digit(void **state)
{
    (void)state;
    uint32_t number = 7;
    READ("--name-that-leaves-no-room=3");
    assert_int_equal(cli_read_number(&arguments, &console, LONG, 0, 3, &number), CLI_GO_ON);
    assert_int_equal(number, 3);
    READ("--name-that-leaves-no-room=4");
    assert_int_equal(cli_read_number(&arguments, &console, LONG, 0, 3, &number), CLI_USAGE);
    assert_int_equal(number, 3);
}

static void a_long_name_is_not_joined_to_its_help(void **state)
{
    (void)state;
    READ("-h");
    assert_int_equal(cli_print_help(&command, &console), CLI_SUCCESS);
    assert_non_null(strstr(said, "  -h, --help                      help\n"));
    assert_non_null(strstr(said, "      --name-that-leaves-no-room IN-ITS-COLUMN it\n"));
}

static bool fill_with_nothing(struct port_sink *sink, const void *context)
{
    (void)sink;
    (void)context;
    return true;
}

static void the_file_that_failed_is_named(void **state)
{
    (void)state;
    const struct cli_output outputs[] = {{"/tmp/sevlaunch-first", PORT_OWNER, fill_with_nothing,
                                          NULL},
                                         {"/tmp/sevlaunch-second", PORT_OWNER, fill_with_nothing,
                                          NULL}};
    for (failing_sink = 0; failing_sink < 2; failing_sink++) {
        char start[64];
        said[0] = '\0';
        (void)snprintf(start, sizeof start,
                       "ERROR: cannot write '%s': ", outputs[failing_sink].path);
        assert_int_equal(cli_write_files(&console, outputs, 2), CLI_FAILED);
        assert_int_equal(strncmp(said, start, strlen(start)), 0);
        assert_int_equal(access(outputs[failing_sink].path, F_OK), -1);
    }
}

static void what_is_no_exit_code_is_a_failure(void **state)
{
    (void)state;
    assert_int_equal(cli_exit_code(CLI_SUCCESS), 0);
    assert_int_equal(cli_exit_code(CLI_MISMATCH), 1);
    assert_int_equal(cli_exit_code(CLI_USAGE), 2);
    assert_int_equal(cli_exit_code(CLI_FAILED), 3);
    assert_int_equal(cli_exit_code(CLI_GO_ON), 3);
    for (int bit = 0; bit < 15; bit++)
        assert_int_equal(cli_exit_code((enum cli_code)(CLI_GO_ON ^ (1 << bit))), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_options_that_repeat_are_kept_apart),
        cmocka_unit_test(the_table_says_what_fits),
        cmocka_unit_test(a_maximum_may_be_less_than_a_digit),
        cmocka_unit_test(a_long_name_is_not_joined_to_its_help),
        cmocka_unit_test(the_file_that_failed_is_named),
        cmocka_unit_test(what_is_no_exit_code_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
