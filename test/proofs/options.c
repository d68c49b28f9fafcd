/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * How the command reads options: what a word of 0 to 3 characters is taken for; a
 * repeated value, however many there are already; the line for any mistake; any option that was
 * found; command lines of 0 or 1 characters, or "-f", and a value. Within bounds, values
 * that are parts of the arguments, and false after one line, else none.
 */
#include "proof.h"

#include <apps/cli/parse.c>

#include <apps/validate/options.h>

static int lines;

enum cli_code cli_error_of(const struct cli_console *console, enum cli_code code,
                           const char *const parts[])
{
    size_t count = 0;
    PROVE(code == CLI_USAGE);
    while (parts[count] != NULL)
        count++;
    PROVE(count >= 3);
    lines++;
    return code;
}

static char memory[4];

static const char *any_word(size_t length)
{
    char *word = ENDING(memory, length + 1);
    __CPROVER_havoc_object(memory);
    for (size_t at = 0; at < length; at++)
        ASSUME(word[at] != '\0');
    word[length] = '\0';
    return word;
}

static void take(size_t length)
{
    const char *word = any_word(length);
    if (length < 2 || word[0] != '-') {
        PROVE(is_value(&validate_command, word));
        return;
    }
    struct candidate found = find_option(&validate_command, word);
    REACHES(found.match == MATCH_ONE && found.option == OPTION_POLICY);
    REACHES(found.match == MATCH_SEVERAL);
    PROVE(found.match == MATCH_NONE || found.option < OPTION_COUNT);
    PROVE(found.value == NULL || __CPROVER_same_object(found.value, memory));
    PROVE(found.bundled == (word[1] != '-'));
    PROVE(!found.bundled || found.match != MATCH_ONE || memory[3 - length + 1] != '-');
}

static void add_any_repeated(void)
{
    struct cli_arguments arguments;
    arguments.repeated_count = (uint8_t)any_below(CLI_REPEATED_MAX + 1);
    size_t before = arguments.repeated_count;
    size_t option = any_below(CLI_OPTIONS_MAX);
    bool result = add_repeated(&arguments, option, memory);
    PROVE(result == (before < CLI_REPEATED_MAX));
    PROVE(arguments.repeated_count == before + (result ? 1 : 0));
    PROVE(!result || arguments.repeated[before] == memory);
    PROVE(!result || arguments.repeated_option[before] == option);
}

static void fail_any(size_t length)
{
    const struct cli_console console = {.quiet = false};
    const struct mistake mistake = {any_word(length), nondet_bool() ? ambiguous : "other",
                                    nondet_bool()};
    PROVE(fail_mistake(&console, &validate_command, &mistake) == CLI_USAGE);
    PROVE(lines == 1);
}

static void set_any(void)
{
    static const char value[] = "1";
    const char *const rest[] = {nondet_bool() ? value : NULL, NULL};
    struct cli_arguments arguments = {.command = &validate_command};
    struct parser parser = {.command = &validate_command, .arguments = &arguments, .next = rest};
    struct candidate found = {.match = MATCH_ONE, .option = any_below(OPTION_COUNT)};
    found.value = nondet_bool() ? NULL : any_word(2);
    found.bundled = nondet_bool();
    bool has_own = found.value != NULL;
    bool needs = validate_command.options[found.option].value != NULL;

    if (needs)
        set_option_value(&parser, found);
    else
        set_flag(&parser, found);

    const char *set = arguments.value[found.option];
    bool is_wrong = needs ? !has_own && rest[0] == NULL : has_own;
    bool is_added = found.option == OPTION_INJECT_SECRET && !is_wrong;
    REACHES(needs && is_wrong);
    REACHES(needs && set == value);
    PROVE((parser.mistake.problem != NULL) == is_wrong);
    PROVE(parser.next == rest || (needs && !has_own && parser.next == rest + 1));
    PROVE(!needs || has_own || set == rest[0]);
    PROVE(!needs || !has_own || __CPROVER_same_object(set, memory));
    PROVE(arguments.repeated_count == (is_added ? 1 : 0));
    PROVE(!is_added || arguments.repeated[0] == set);
}

static void parse(const char *word)
{
    static const char value[] = "1";
    struct cli_arguments arguments;
    struct cli_console console = {.quiet = false};
    const char *const words[] = {word, value, NULL};

    enum cli_code code = cli_parse(&arguments, &console, &validate_command, words);

    bool is_read = code == CLI_GO_ON;
    REACHES(is_read && arguments.value[OPTION_FIRMWARE] == value);
    REACHES(!is_read);
    PROVE(is_read || code == CLI_USAGE);
    PROVE(lines == (is_read ? 0 : 1));
    PROVE(arguments.repeated_count ==
          (is_read && cli_has(&arguments, OPTION_INJECT_SECRET) ? 1 : 0));
    size_t option = any_below(OPTION_COUNT);
    const char *given = arguments.value[option];
    PROVE(given == NULL || validate_command.options[option].value == NULL || given == value);
    PROVE(!is_read || console.quiet == cli_has(&arguments, OPTION_QUIET));
}

int main(void)
{
    if (CASE < 4)
        take(CASE);
    else if (CASE == 4)
        add_any_repeated();
    else if (CASE < 9)
        fail_any(CASE - 5);
    else if (CASE == 9)
        set_any();
    else
        parse(CASE < 12 ? any_word(CASE - 10) : "-f");
}
