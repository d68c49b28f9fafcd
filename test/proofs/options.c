/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * How the command reads options: the meaning of an argument of 0 to 3 characters; a secret,
 * however many there are already; the line for any mistake; any option that was found;
 * command lines of 0 or 1 characters, or "-f", and a value. Within bounds; values are parts
 * of the arguments; false after exactly one line, otherwise no line.
 */
#include "proof.h"

#include <apps/validate/options.c>

static int lines;

bool console_fail_parts(struct console *console, enum exit_code code, const char *const parts[])
{
    size_t count = 0;
    PROVE(code == CODE_USAGE);
    while (parts[count] != NULL)
        count++;
    PROVE(count >= 3);
    lines++;
    return false;
}

static char memory[4];

static const char *any_argument(size_t length)
{
    char *argument = ENDING(memory, length + 1);
    __CPROVER_havoc_object(memory);
    for (size_t at = 0; at < length; at++)
        ASSUME(argument[at] != '\0');
    argument[length] = '\0';
    return argument;
}

static void take(size_t length)
{
    const char *argument = any_argument(length);
    if (length < 2 || argument[0] != '-') {
        PROVE(is_value(argument));
        return;
    }
    struct candidate found = find(argument);
    REACHES(found.match == MATCH_ONE && found.option == OPTION_POLICY);
    REACHES(found.match == MATCH_SEVERAL);
    PROVE(found.match != MATCH_ONE || (unsigned)found.option < OPTION_COUNT);
    PROVE(found.value == NULL || __CPROVER_same_object(found.value, memory));
    PROVE(found.bundled == (argument[1] != '-'));
    PROVE(!found.bundled || found.match != MATCH_ONE || memory[3 - length + 1] != '-');
}

static void add_any_secret(void)
{
    struct options options;
    options.secrets = (int)any_below(OPTIONS_SECRETS_MOST + 1);
    int before = options.secrets;
    bool result = add_secret(&options, memory);
    PROVE(result == (before < OPTIONS_SECRETS_MOST));
    PROVE(options.secrets == before + result);
    PROVE(!result || options.secret[before] == memory);
}

static void fail_any(size_t length)
{
    struct console console = {false, false, CODE_MATCH};
    const struct mistake mistake = {any_argument(length), nondet_bool() ? ambiguous : "other",
                                    nondet_bool()};
    PROVE(!fail(&console, &mistake));
    PROVE(lines == 1);
}

static void set_any(void)
{
    static const char value[] = "1";
    const char *const rest[] = {nondet_bool() ? value : NULL, NULL};
    struct options options = {.secrets = 0};
    struct reader reader = {.options = &options, .next = rest};
    struct candidate found = {.match = MATCH_ONE, .option = (enum option)any_below(OPTION_COUNT)};
    found.value = nondet_bool() ? NULL : any_argument(2);
    found.bundled = nondet_bool();
    const char *own = found.value;
    bool has_own = own != NULL;
    bool has_sign = has_own && found.bundled && *own == '=';
    bool needs = option_forms[found.option].value != NULL;

    if (needs)
        set_value(&reader, found);
    else
        set_flag(&reader, found);

    const char *set = options.value[found.option];
    bool is_wrong = needs ? !has_own && rest[0] == NULL : has_own;
    REACHES(needs && is_wrong);
    REACHES(needs && set == value);
    PROVE((reader.mistake.problem != NULL) == is_wrong);
    PROVE(reader.next == rest || (needs && !has_own && reader.next == rest + 1));
    PROVE(!needs || has_own || set == rest[0]);
    PROVE(!needs || !has_own || set == own + (has_sign ? 1 : 0));
    PROVE(options.secrets == (found.option == OPTION_INJECT_SECRET));
}

static void parse(const char *argument)
{
    static const char value[] = "1";
    struct options options;
    struct console console = {false, false, CODE_MATCH};
    const char *const arguments[] = {argument, value, NULL};

    bool result = options_parse(&options, &console, arguments);

    REACHES(result && options.value[OPTION_FIRMWARE] == value);
    REACHES(!result);
    PROVE(lines == (result ? 0 : 1));
    PROVE(options.secrets == (result && options.value[OPTION_INJECT_SECRET] != NULL));
    enum option option = (enum option)any_below(OPTION_COUNT);
    const char *given = options.value[option];
    PROVE(given == NULL || option_forms[option].value == NULL || given == value);
    PROVE(!result || console.quiet == (options.value[OPTION_QUIET] != NULL));
}

int main(void)
{
    if (CASE < 4)
        take(CASE);
    else if (CASE == 4)
        add_any_secret();
    else if (CASE < 9)
        fail_any(CASE - 5);
    else if (CASE == 9)
        set_any();
    else
        parse(CASE < 12 ? any_argument(CASE - 10) : "-f");
}
